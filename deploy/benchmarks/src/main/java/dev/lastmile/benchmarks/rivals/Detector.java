package dev.lastmile.benchmarks.rivals;

import moa.classifiers.core.driftdetection.ADWIN;
import moa.classifiers.core.driftdetection.AbstractChangeDetector;
import moa.classifiers.core.driftdetection.DDM;
import moa.classifiers.core.driftdetection.PageHinkleyDM;

/** One drift detector over the scores of one slice. Mutable. */
public interface Detector {

    /**
     * Takes in a score.
     *
     * @return whether a change for the worse is detected now; a detector then starts anew
     */
    boolean input(double score);

    /**
     * ADWIN: it finds changes in both directions; one for the worse is one after which the mean is higher.
     *
     * @param delta its confidence; MOA's own default is .002
     */
    static Detector adwin(double delta) {
        ADWIN adwin = new ADWIN(delta);
        return score -> {
            double before = adwin.getEstimation();
            return adwin.setInput(score) && adwin.getEstimation() > before;
        };
    }

    /**
     * Page-Hinkley, at MOA's own settings but for the threshold.
     *
     * @param lambda the threshold; MOA's own default is 50
     */
    static Detector pageHinkley(double lambda) {
        PageHinkleyDM detector = new PageHinkleyDM();
        detector.lambdaOption.setValue(lambda);
        return of(detector);
    }

    /**
     * DDM, at MOA's own settings but for the level.
     *
     * @param level standard deviations above the best seen; MOA's own default is 3
     */
    static Detector ddm(double level) {
        DDM detector = new DDM();
        detector.outcontrolLevelOption.setValue(level);
        return of(detector);
    }

    private static Detector of(AbstractChangeDetector detector) {
        detector.prepareForUse();
        return score -> {
            detector.input(score);
            return detector.getChange();
        };
    }
}

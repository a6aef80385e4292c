package dev.lastmile.app;

import dev.lastmile.detection.DetectionSettings;
import dev.lastmile.detection.SessionWeighting;
import dev.lastmile.detection.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The section {@code detection} of a policy; every key has a default. */
final class DetectionParser {

    private DetectionParser() {}

    static DetectionSettings read(Section section) {
        String[] keys = {
            "budget",
            "margin",
            "disparityGap",
            "minimumBaseline",
            "minimumLabelled",
            "minimumEffect",
            "baselineSigmas",
            "clearEffect",
            "staleAfter",
            "coolDown",
            "sessions",
            "coverageMargin",
            "budgets"
        };
        section.only(keys);
        DetectionSettings absent = DetectionSettings.DEFAULT;
        return section.built(
                () -> new DetectionSettings(
                        section.whole("budget", absent.budget()),
                        section.number("margin", absent.margin()),
                        section.number("disparityGap", absent.disparityGap()),
                        section.whole("minimumBaseline", absent.minimumBaseline()),
                        section.whole("minimumLabelled", absent.minimumLabelled()),
                        section.number("minimumEffect", absent.minimumEffect()),
                        section.number("baselineSigmas", absent.baselineSigmas()),
                        section.number("clearEffect", absent.clearEffect()),
                        section.duration("staleAfter", absent.staleAfter()),
                        section.duration("coolDown", absent.coolDown()),
                        sessions(section),
                        section.number("coverageMargin", absent.coverageMargin()),
                        budgets(section.section("budgets"))),
                keys);
    }

    private static SessionWeighting sessions(Section section) {
        if (!section.has("sessions")) {
            return DetectionSettings.DEFAULT.sessions();
        }
        if (section.isSection("sessions")) {
            Section largest = section.section("sessions").only("largest");
            return largest.built(() -> new SessionWeighting.Largest(largest.small("largest", 0)), "largest");
        }
        String how = section.text("sessions");
        return switch (how) {
            case "estimated" -> new SessionWeighting.Estimated();
            case "independent" -> new SessionWeighting.Independent();
            default -> throw section.problem("sessions", "must be estimated, independent or {largest: N}: " + how);
        };
    }

    private static Map<Verdict, Long> budgets(Section section) {
        Map<Verdict, Long> budgets = new EnumMap<>(Verdict.class);
        List<String> names = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            if (verdict != Verdict.NEW_CONDITION) {
                names.add(verdict.name());
            }
        }
        section.only(names.toArray(new String[0]));
        for (String name : names) {
            if (section.has(name)) {
                budgets.put(Verdict.valueOf(name), section.whole(name));
            }
        }
        return budgets;
    }
}

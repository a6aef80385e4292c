package dev.lastmile.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class BarChartTest {

    @Test
    void barsAreAsLongAsTheirMediansAreToEachOther() throws Exception {
        String svg = BarChart.draw(
                "a & b",
                "µs",
                List.of(
                        new BarChart.Group("near", List.of(bar("one", 2), bar("two", 4))),
                        new BarChart.Group("far", List.of(bar("<three>", 8)))));

        List<Double> widths = widths(svg);
        assertThat(widths).hasSize(3);
        assertThat(widths.get(1) / widths.get(0)).isBetween(1.99, 2.01);
        assertThat(widths.get(2) / widths.get(0)).isBetween(3.98, 4.02);
    }

    @Test
    void axisGoesInRoundSteps() {
        assertThat(BarChart.step(0.7)).isEqualTo(1);
        assertThat(BarChart.step(1.2)).isEqualTo(2);
        assertThat(BarChart.step(34)).isEqualTo(50);
        assertThat(BarChart.step(51)).isEqualTo(100);
    }

    @Test
    void nothingToDrawIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> BarChart.draw("", "", List.of()));
    }

    private static BarChart.Bar bar(String label, double value) {
        return new BarChart.Bar(label, Spread.of(List.of(value)), false);
    }

    private static List<Double> widths(String svg) throws Exception {
        NodeList rectangles = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("rect");
        List<Double> widths = new ArrayList<>();
        for (int i = 0; i < rectangles.getLength(); i++) {
            Element rectangle = (Element) rectangles.item(i);
            if (rectangle.getAttribute("class").equals("bar")) {
                widths.add(Double.parseDouble(rectangle.getAttribute("width")));
            }
        }
        return widths;
    }
}

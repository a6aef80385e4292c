package dev.lastmile.local.simulation;

import dev.lastmile.local.simulation.method.Choice;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of methods on the command line. */
final class ChoiceConverter implements ITypeConverter<Choice> {

    /** All of them. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }

    private static List<String> names() {
        return Arrays.stream(Choice.values()).map(Choice::optionName).toList();
    }

    @Override
    public Choice convert(String text) {
        for (Choice choice : Choice.values()) {
            if (choice.optionName().equals(text)) {
                return choice;
            }
        }
        throw new TypeConversionException("must be one of " + String.join(", ", names()) + ": " + text);
    }
}

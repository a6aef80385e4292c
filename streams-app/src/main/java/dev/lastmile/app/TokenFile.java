package dev.lastmile.app;

import dev.lastmile.export.Caller;
import dev.lastmile.export.Tokens;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file that holds a token, as secrets are mounted: never the configuration itself, which people print and pass on.
 *
 * @param file which
 * @param customer whose data its bearer sees; absent for an operator's, who sees everything
 */
public record TokenFile(Path file, @Nullable String customer) {

    static TokenFile of(Section section, Path directory) {
        section.only("file", "customer");
        return new TokenFile(
                section.parsed("file", name -> TextFile.in(directory, name)),
                section.has("customer") ? section.parsed("customer", TokenFile::customer) : null);
    }

    private static String customer(String name) {
        // The rules for names are those of topics.
        dev.lastmile.schema.Topics.inferences(name);
        return name;
    }

    /**
     * Reads all.
     *
     * @throws ConfigurationException if a file cannot be read, or what it holds is no token, or another one's
     */
    static Tokens read(List<TokenFile> files) {
        Tokens tokens = Tokens.NONE;
        for (TokenFile one : files) {
            String token = TextFile.read(one.file()).strip();
            Caller caller = one.customer() == null ? Caller.OPERATOR : Caller.ofCustomer(one.customer());
            try {
                tokens = tokens.with(token, caller);
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(TextFile.nameOf(one.file()), "", String.valueOf(e.getMessage()));
            }
        }
        return tokens;
    }
}

package dev.lastmile.provision;

import java.nio.charset.StandardCharsets;

/** A password that nothing prints. */
public final class Password {

    private static final int SHORTEST = 16;
    private static final int LONGEST = 256;

    private final String text;

    /**
     * A password as a human or a program made it.
     *
     * @throws IllegalArgumentException without the password in its message, if it has fewer than 16 or more than 256
     *     characters, or spaces or control characters, which a line of a file or a shell adds unseen
     */
    public Password(String text) {
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "password must have " + SHORTEST + " to " + LONGEST + " characters, not " + text.length());
        }
        if (text.chars().anyMatch(character -> character <= ' ' || Character.isISOControl(character))) {
            throw new IllegalArgumentException("password must have neither spaces nor control characters");
        }
        this.text = text;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "********";
    }
}

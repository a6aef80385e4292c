package dev.lastmile.export;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers by their tokens: {@code Authorization: Bearer <token>}, or {@code Basic}, for browsers and Prometheus, with the token
 * as the password and any user name. Only hashes are kept, and each request is compared with all of them in the same time, whichever
 * it is. Immutable.
 */
public final class Tokens {

    /** Nobody has one, and everybody is an operator. */
    public static final Tokens NONE = new Tokens(List.of());

    /** Shorter ones can be guessed. */
    public static final int LEAST_LENGTH = 32;

    private final List<Known> known;

    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Known(byte[] hash, Caller caller) {}

    private Tokens(List<Known> known) {
        this.known = List.copyOf(known);
    }

    /**
     * These and another one.
     *
     * @throws IllegalArgumentException if it is too short, has other than printable ASCII characters, or is known already
     */
    public Tokens with(String token, Caller caller) {
        if (token.length() < LEAST_LENGTH) {
            throw new IllegalArgumentException("token must have " + LEAST_LENGTH + " characters at least");
        }
        if (!token.chars().allMatch(letter -> letter > ' ' && letter < 0x7F)) {
            throw new IllegalArgumentException("token must be printable ASCII without spaces");
        }
        byte[] hash = hash(token);
        if (find(hash).isPresent()) {
            throw new IllegalArgumentException("token must be another one for each caller");
        }
        List<Known> all = new ArrayList<>(known);
        all.add(new Known(hash, caller));
        return new Tokens(all);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return known.isEmpty();
    }

    /**
     * Who asks; empty if that is nobody who is known.
     *
     * @param authorization the header; absent without one
     */
    Optional<Caller> callerOf(@Nullable String authorization) {
        if (known.isEmpty()) {
            return Optional.of(Caller.OPERATOR);
        }
        return tokenIn(authorization).flatMap(token -> find(hash(token)));
    }

    private Optional<Caller> find(byte[] hash) {
        Caller found = null;
        for (Known one : known) {
            // All of them, so that the time does not tell which one it was.
            if (MessageDigest.isEqual(one.hash(), hash)) {
                found = one.caller();
            }
        }
        return Optional.ofNullable(found);
    }

    private static Optional<String> tokenIn(@Nullable String authorization) {
        String[] parts =
                authorization == null ? new String[0] : authorization.strip().split(" +", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(parts[1]);
            case "basic" -> passwordIn(parts[1]);
            default -> Optional.empty();
        };
    }

    private static Optional<String> passwordIn(String credentials) {
        try {
            String text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

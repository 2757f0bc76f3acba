package io.fencegate.sequencer.login;

import io.fencegate.core.access.Principal;
import io.fencegate.core.login.LoginVerifier;
import io.fencegate.core.login.Scram;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whom the sequencer lets in: each principal, and what verifies its secret. Without any it lets everybody in.
 *
 * <pre>
 *   # a comment
 *   alice:scram-sha-256$65536$&lt;salt in hex&gt;$&lt;key in hex&gt;
 * </pre>
 *
 * <p>Immutable; any thread. No secret, and nothing that verifies one, is in its printed form or in an error.
 */
public final class CredentialBook {
    /** Lets everybody in, and knows nobody. */
    public static final CredentialBook NONE = new CredentialBook(Map.of());

    /** Most principals. */
    public static final int PRINCIPALS_MAX = 10_000;

    private final Map<String, LoginVerifier> verifiers;
    private final byte[] maskKey;
    private final int[] iterations;

    private CredentialBook(final Map<String, LoginVerifier> verifiers) {
        this.verifiers = Collections.unmodifiableMap(new TreeMap<>(verifiers));
        iterations = this.verifiers.values().stream()
                .mapToInt(LoginVerifier::iterations)
                .toArray();
        maskKey = Scram.storedKey(format().getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads a book.
     *
     * @param text its lines
     * @return the book, with a principal at least
     * @throws IllegalArgumentException with the number of the first line that is wrong, and not what it holds
     */
    public static CredentialBook parse(final String text) {
        final Map<String, LoginVerifier> verifiers = new TreeMap<>();
        final String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            final String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                take(verifiers, line, i + 1);
            }
        }
        if (verifiers.isEmpty()) {
            throw new IllegalArgumentException("no principal is named");
        }
        return new CredentialBook(verifiers);
    }

    private static void take(final Map<String, LoginVerifier> verifiers, final String line, final int number) {
        final int colon = line.indexOf(':');
        final String name = colon < 0 ? "" : line.substring(0, colon);
        if (!Principal.isName(name)) {
            throw new IllegalArgumentException("line=" + number + " is not name:verifier; " + Principal.RULE);
        }
        if (verifiers.size() >= PRINCIPALS_MAX) {
            throw new IllegalArgumentException("line=" + number + " is one too many: max=" + PRINCIPALS_MAX);
        }
        try {
            if (verifiers.put(name, LoginVerifier.parse(line.substring(colon + 1))) != null) {
                throw new IllegalArgumentException("the name comes twice");
            }
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("line=" + number + " name=" + name + ": " + e.getMessage(), e);
        }
    }

    /** As text. @return that {@link #parse} reads, a line for each principal */
    public String format() {
        final StringBuilder text = new StringBuilder();
        verifiers.forEach((name, verifier) ->
                text.append(name).append(':').append(verifier.format()).append('\n'));
        return text.toString();
    }

    /**
     * The same with another principal, or with another secret of one that is known.
     *
     * @param principal a name
     * @param verifier of its secret
     * @return another book
     */
    public CredentialBook with(final Principal principal, final LoginVerifier verifier) {
        final Map<String, LoginVerifier> more = new TreeMap<>(verifiers);
        more.put(principal.name(), verifier);
        return new CredentialBook(more);
    }

    /**
     * The same without a principal.
     *
     * @param principal a name
     * @return another book
     */
    public CredentialBook without(final Principal principal) {
        final Map<String, LoginVerifier> fewer = new TreeMap<>(verifiers);
        fewer.remove(principal.name());
        return new CredentialBook(fewer);
    }

    /** Whether everybody is let in. @return true if no principal is known */
    public boolean isEmpty() {
        return verifiers.isEmpty();
    }

    /** Who is let in. @return names, in their order */
    public Set<String> names() {
        return verifiers.keySet();
    }

    /**
     * Whether a principal is known.
     *
     * @param principal a name
     * @return true if so
     */
    public boolean knows(final Principal principal) {
        return verifiers.containsKey(principal.name());
    }

    /**
     * What verifies a principal's secret. A name that is unknown gets something that looks the same, always the same for
     * the same name, and accepts nothing: who asks does not learn which names there are.
     *
     * @param principal a name
     * @return the verifier
     */
    public LoginVerifier verifier(final Principal principal) {
        final LoginVerifier known = verifiers.get(principal.name());
        if (known != null) {
            return known;
        }
        final byte[] name = principal.name().getBytes(StandardCharsets.US_ASCII);
        final int like = (Scram.hmac(maskKey, name)[0] & 0xFF) % iterations.length;
        return LoginVerifier.ofNobody(name, maskKey, iterations[like]);
    }

    @Override
    public String toString() {
        return "CredentialBook[principals=" + verifiers.size() + "]";
    }
}

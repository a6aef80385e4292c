package dev.lastmile.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates and keys as text. What stands in the files is in no message. */
final class PemFile {

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    private PemFile() {}

    /** All of a file, in its order; one at least, else {@link ConfigurationException}. */
    static Certificate[] certificates(Path file) {
        byte[] pem = TextFile.read(file).getBytes(StandardCharsets.US_ASCII);
        try {
            Certificate[] all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .toArray(new Certificate[0]);
            if (all.length > 0) {
                return all;
            }
        } catch (GeneralSecurityException e) {
            // Said below, without what stands in the file.
        }
        throw new ConfigurationException(TextFile.nameOf(file), "", "must hold certificates in PEM");
    }

    /** What a client trusts that knows those in a file, and nobody else. */
    static SSLContext trusting(Path file) {
        Certificate[] all = certificates(file);
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (int i = 0; i < all.length; i++) {
                trusted.setCertificateEntry("ca" + i, all[i]);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigurationException(TextFile.nameOf(file), "", "cannot be trusted: " + End.oneLine(e));
        }
    }

    /** The first of a file; else {@link ConfigurationException}. */
    static PrivateKey privateKey(Path file) {
        Matcher matcher = PRIVATE_KEY.matcher(TextFile.read(file));
        if (matcher.find()) {
            byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(1));
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
                } catch (GeneralSecurityException e) {
                    // Of another kind; the last one is told below.
                }
            }
        }
        throw new ConfigurationException(
                TextFile.nameOf(file),
                "",
                "must hold a private key in PEM, PKCS #8, not encrypted: EC, RSA or Ed25519");
    }
}

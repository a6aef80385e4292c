package dev.lastmile.app;

import java.io.ByteArrayInputStream;
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
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * What a server proves itself with.
 *
 * @param certificate PEM file: its certificate, then those of who signed it
 * @param key PEM file: its private key, PKCS #8, not encrypted
 */
public record Tls(Path certificate, Path key) {

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    static Tls of(Section section, Path directory) {
        section.only("certificate", "key");
        return new Tls(
                section.parsed("certificate", name -> TextFile.in(directory, name)),
                section.parsed("key", name -> TextFile.in(directory, name)));
    }

    /**
     * Reads both.
     *
     * @throws ConfigurationException if a file cannot be read, or they are not what they should be
     */
    SSLContext context() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] nobodySeesIt = {};
            store.setKeyEntry("server", privateKey(), nobodySeesIt, chain());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, nobodySeesIt);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new ConfigurationException(
                    TextFile.nameOf(certificate), "", "cannot be used with its key: " + End.oneLine(e));
        }
    }

    private Certificate[] chain() {
        byte[] pem = TextFile.read(certificate).getBytes(StandardCharsets.US_ASCII);
        try {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .toArray(new Certificate[0]);
            if (chain.length > 0) {
                return chain;
            }
        } catch (GeneralSecurityException e) {
            // Said below, without what stands in the file.
        }
        throw new ConfigurationException(TextFile.nameOf(certificate), "", "must hold certificates in PEM");
    }

    private PrivateKey privateKey() {
        Matcher matcher = PRIVATE_KEY.matcher(TextFile.read(key));
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
                TextFile.nameOf(key), "", "must hold a private key in PEM, PKCS #8, not encrypted: EC, RSA or Ed25519");
    }
}

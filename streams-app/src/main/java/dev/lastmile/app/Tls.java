package dev.lastmile.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** What a server proves itself with. */
public sealed interface Tls {

    /**
     * PEM files, as certificate managers write them.
     *
     * @param certificate its certificate, then those of who signed it
     * @param key its private key, PKCS #8, not encrypted
     */
    record Pem(Path certificate, Path key) implements Tls {

        @Override
        public SSLContext context() {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                char[] nobodySeesIt = {};
                store.setKeyEntry("server", PemFile.privateKey(key), nobodySeesIt, PemFile.certificates(certificate));
                return Tls.context(store, nobodySeesIt);
            } catch (GeneralSecurityException | IOException e) {
                throw new ConfigurationException(
                        TextFile.nameOf(certificate), "", "cannot be used with its key: " + End.oneLine(e));
            }
        }
    }

    /**
     * A PKCS #12 file with both, as the JDK's keytool writes it.
     *
     * @param keystore which
     * @param passwordFile file that holds its password
     */
    record Store(Path keystore, Path passwordFile) implements Tls {

        @Override
        public SSLContext context() {
            char[] password = TextFile.read(passwordFile).strip().toCharArray();
            try (InputStream in = Files.newInputStream(keystore)) {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(in, password);
                return Tls.context(store, password);
            } catch (GeneralSecurityException | IOException e) {
                throw new ConfigurationException(
                        TextFile.nameOf(keystore), "", "cannot be used with its password: " + End.oneLine(e));
            }
        }
    }

    /**
     * Reads what is in the files.
     *
     * @throws ConfigurationException if one cannot be read, or is not what it should be
     */
    SSLContext context();

    /** From {@code certificate} and {@code key}, or from {@code keystore} and {@code passwordFile}. */
    static Tls of(Section section, Path directory) {
        if (section.has("keystore")) {
            section.only("keystore", "passwordFile");
            return new Store(
                    section.parsed("keystore", name -> TextFile.in(directory, name)),
                    section.parsed("passwordFile", name -> TextFile.in(directory, name)));
        }
        section.only("certificate", "key");
        return new Pem(
                section.parsed("certificate", name -> TextFile.in(directory, name)),
                section.parsed("key", name -> TextFile.in(directory, name)));
    }

    private static SSLContext context(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}

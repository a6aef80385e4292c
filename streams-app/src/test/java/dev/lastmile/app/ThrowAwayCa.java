package dev.lastmile.app;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority that lives as long as a test, made by the JDK's keytool, and a server that it vouches for. */
final class ThrowAwayCa {

    private static final String PASSWORD = "throw-away";

    private final Path directory;
    private final KeyStore authority;
    private final KeyStore server;

    ThrowAwayCa(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        this.directory = directory;
        Path ca = directory.resolve("ca.p12");
        Path its = directory.resolve("server.p12");
        keytool(ca, "-genkeypair", "-alias", "ca", "-dname", "CN=ca", "-keyalg", "EC", "-ext", "bc:c");
        keytool(its, "-genkeypair", "-alias", "server", "-dname", "CN=monitor", "-keyalg", "EC");
        Path request = directory.resolve("server.csr");
        Path signed = directory.resolve("signed.pem");
        Path root = directory.resolve("ca.pem");
        keytool(its, "-certreq", "-alias", "server", "-file", request.toString());
        keytool(
                ca,
                "-gencert",
                "-alias",
                "ca",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-rfc",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost");
        keytool(ca, "-exportcert", "-alias", "ca", "-rfc", "-file", root.toString());
        keytool(its, "-importcert", "-noprompt", "-alias", "ca", "-file", root.toString());
        keytool(its, "-importcert", "-noprompt", "-alias", "server", "-file", signed.toString());
        authority = read(ca);
        server = read(its);
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    private static KeyStore read(Path store) throws IOException, GeneralSecurityException {
        KeyStore read = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(store.toFile())) {
            read.load(in, PASSWORD.toCharArray());
        }
        return read;
    }

    /** The server's certificate and the authority's, PEM. */
    Path certificate() throws IOException, GeneralSecurityException {
        StringBuilder pem = new StringBuilder();
        for (Certificate one : server.getCertificateChain("server")) {
            pem.append(pem("CERTIFICATE", one.getEncoded()));
        }
        return Files.writeString(directory.resolve("server.pem"), pem);
    }

    /** The server's private key, PEM. */
    Path key() throws IOException, GeneralSecurityException {
        Key key = server.getKey("server", PASSWORD.toCharArray());
        return Files.writeString(directory.resolve("server.key"), pem("PRIVATE KEY", key.getEncoded()));
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + what + "-----\n";
    }

    /** Both in one file of the JDK's kind. */
    Path keystore() {
        return directory.resolve("server.p12");
    }

    /** Whose password is in this one. */
    Path passwordFile() throws IOException {
        return Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    }

    /** The authority's certificate, PEM. */
    Path authority() {
        return directory.resolve("ca.pem");
    }

    /** What a client trusts that knows the authority, and nobody else. */
    SSLContext client() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority.getCertificate("ca"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}

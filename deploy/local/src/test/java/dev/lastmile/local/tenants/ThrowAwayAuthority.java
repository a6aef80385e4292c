package dev.lastmile.local.tenants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A certificate authority that lives as long as a directory, made with the JDK's keytool as {@code deploy/README.md} tells; and a
 * broker's certificate of it.
 */
final class ThrowAwayAuthority {

    private static final String PASSWORD = "of-a-throw-away-authority";

    private final Path directory;
    private final Path password;

    private ThrowAwayAuthority(Path directory, Path password) {
        this.directory = directory;
        this.password = password;
    }

    /** An authority whose files lie in the directory. */
    static ThrowAwayAuthority in(Path directory) throws IOException, InterruptedException {
        ThrowAwayAuthority authority =
                new ThrowAwayAuthority(directory, Files.writeString(directory.resolve("store.password"), PASSWORD));
        authority.makeKey(
                "ca", "ca", "CN=Throw-away authority", "-ext", "bc:critical=ca:true", "-ext", "ku=keyCertSign");
        authority.keytool("ca", "-exportcert", "-rfc", "-alias", "ca", "-file", authority.file("ca.pem"));
        return authority;
    }

    /** The settings of a broker that is known under a name or address, such as {@code ip:127.0.0.1}. */
    Map<String, String> broker(String name) throws IOException, InterruptedException {
        makeKey("broker", "broker", "CN=broker");
        keytool("broker", "-certreq", "-alias", "broker", "-file", file("broker.csr"));
        keytool(
                "ca",
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-validity",
                "2",
                "-ext",
                "san=" + name,
                "-infile",
                file("broker.csr"),
                "-outfile",
                file("broker.pem"));
        keytool("broker", "-importcert", "-noprompt", "-alias", "ca", "-file", file("ca.pem"));
        keytool("broker", "-importcert", "-noprompt", "-alias", "broker", "-file", file("broker.pem"));
        return Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                file("broker.p12"),
                "ssl.keystore.password",
                PASSWORD,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                file("ca.pem"));
    }

    /** The settings of a client that believes this authority. */
    Map<String, String> client() {
        return Map.of("ssl.truststore.type", "PEM", "ssl.truststore.location", file("ca.pem"));
    }

    private void makeKey(String store, String alias, String name, String... extensions)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-dname",
                name,
                "-storetype",
                "PKCS12"));
        arguments.addAll(List.of(extensions));
        keytool(store, arguments.toArray(String[]::new));
    }

    private void keytool(String store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", file(store + ".p12"), "-storepass:file", password.toString()));
        Path said = directory.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(arguments[0] + ": " + Files.readString(said));
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}

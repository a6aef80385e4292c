package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real Alertmanager with the checked-in configuration; only the receivers' address and the waiting are other. */
final class Alertmanager implements AutoCloseable {

    private final Server server;

    private Alertmanager(Server server) {
        this.server = server;
    }

    /**
     * Starts it.
     *
     * @param folder for its configuration and data, which outlive it
     * @param address where it is to listen
     * @param pager host and port of who is paged
     */
    static Alertmanager start(Tool program, Path folder, String address, String pager) throws IOException {
        String configuration = RepositoryFiles.text("deploy/alertmanager/alertmanager.yml")
                .replace("host.docker.internal:5001", pager)
                .replaceAll("group_wait: \\d+s", "group_wait: 1s")
                .replaceAll("group_interval: \\d+m", "group_interval: 1s");
        assertThat(configuration).contains("http://" + pager + "/");
        Files.writeString(folder.resolve("alertmanager.yml"), configuration);
        List<String> arguments = List.of(
                "--config.file=" + folder.resolve("alertmanager.yml"),
                "--storage.path=" + folder.resolve("data"),
                "--web.listen-address=" + address,
                "--cluster.listen-address=");
        return new Alertmanager(Server.start(program, arguments, address, "/-/ready", folder));
    }

    /** Sends it alerts. */
    void send(JsonNode alerts) {
        server.post("/api/v2/alerts", "application/json", alerts.toString());
    }

    /** What it knows. */
    JsonNode alerts() {
        return server.get("/api/v2/alerts");
    }

    @Override
    public void close() {
        server.close();
    }
}

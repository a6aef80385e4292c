package dev.lastmile.local.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Dockerfile against the build that makes what it copies. */
class ImageTest {

    private final String dockerfile = RepositoryFiles.text("deploy/compose/Dockerfile");

    @Test
    void itCopiesTheJarThatTheBuildMakes() {
        String jar =
                first("<outputFile>\\$\\{project\\.build\\.directory}/(.+\\.jar)</outputFile>", "streams-app/pom.xml");

        assertThat(copied()).contains("streams-app/target/" + jar);
        assertThat(dockerfile).contains("ENTRYPOINT [\"java\", \"-jar\", \"/opt/lastmile/" + jar + "\"]");
    }

    @Test
    void theBuildSeesWhatIsCopiedAndNothingElse() {
        List<String> seen = RepositoryFiles.lines("deploy/compose/Dockerfile.dockerignore").stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(copied());
        assertThat(RepositoryFiles.lines("deploy/compose/Dockerfile.dockerignore"))
                .startsWith("*");
    }

    @Test
    void itsJavaIsTheOneTheBytecodeIsFor() {
        String release = first("<maven\\.compiler\\.release>(\\d+)<", "pom.xml");
        assertThat(dockerfile).containsPattern("(?m)^FROM eclipse-temurin:" + release + "\\.\\d+\\.\\d+_\\d+-jre-");
    }

    @Test
    void itDoesNotRunAsRootAndItsStateBelongsToIt() {
        assertThat(dockerfile).contains("USER 10001:10001", "--uid 10001", "--gid 10001");
        assertThat(dockerfile).contains("chown -R lastmile:lastmile /var/lib/lastmile");
        assertThat(RepositoryFiles.yaml("deploy/kubernetes/statefulset.yaml")
                        .at("/spec/template/spec/securityContext/runAsUser")
                        .asInt())
                .isEqualTo(10001);
    }

    private List<String> copied() {
        return Pattern.compile("(?m)^COPY (?:--\\S+ )*(\\S+) ")
                .matcher(dockerfile)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The first match's group in a file. */
    static String first(String pattern, String file) {
        Matcher matcher = Pattern.compile(pattern).matcher(RepositoryFiles.text(file));
        assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
        return matcher.group(1);
    }
}

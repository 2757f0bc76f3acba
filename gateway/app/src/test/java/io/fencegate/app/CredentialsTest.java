package io.fencegate.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of credentials, and a sequencer whose clients log in and do what they may. */
@Timeout(300)
class CredentialsTest {
    @TempDir
    private Path directory;

    @Test
    void aFileOfCredentialsIsMadeListedAndChangedAndHoldsNoSecret() throws IOException {
        final Path file = directory.resolve("nodes");
        final Path login = directory.resolve("alice.login");
        final InProcess added = run("credentials", file.toString(), "add", "alice", "--client", login.toString());
        assertEquals(0, added.exitCode(), added.err());
        assertEquals("added=alice file=" + file + " client=" + login + "\n", added.out());
        assertOwnerOnly(file);
        assertOwnerOnly(login);
        final String secret = Files.readString(login).strip().split(":")[1];
        assertFalse(Files.readString(file).contains(secret));

        final InProcess again = run("credentials", file.toString(), "add", "alice", "--client", login.toString());
        assertEquals(2, again.exitCode());
        assertTrue(again.err().contains("not overwritten"), again.err());
        final InProcess bob = run("credentials", file.toString(), "add", "bob", "--json");
        assertTrue(bob.out().matches("\\{\"added\":\"bob\",\"file\":.*,\"secret\":\"[0-9a-f]{48}\"}\n"), bob.out());
        final InProcess spoken = InProcess.run(
                Map.of(), "a secret of hers\n", "credentials", file.toString(), "add", "carol", "--stdin");
        assertEquals("added=carol file=" + file + "\n", spoken.out());

        assertEquals("alice\nbob\ncarol\n", run("credentials", file.toString()).out());
        assertEquals(0, run("credentials", file.toString(), "remove", "bob").exitCode());
        assertEquals("alice\ncarol\n", run("credentials", file.toString()).out());
        assertRefused("nobody has that name", "credentials", file.toString(), "remove", "bob");
        assertEquals(0, run("credentials", file.toString(), "remove", "carol").exitCode());
        assertRefused("nobody would be left", "credentials", file.toString(), "remove", "alice");
    }

    @Test
    void whatIsNoFileOfCredentialsIsRefusedAndNotShown() throws IOException {
        final Path file = directory.resolve("nodes");
        final String sequencer = "sequencer.credentials.file=" + file;
        assertRefused("there is no such file", "sequencer", "--set", sequencer);
        assertRefused("there is no such file", "credentials", file.toString());
        assertRefused("choose add or remove", "credentials", file.toString(), "ad", "alice");
        assertRefused("1 to 64 of", "credentials", file.toString(), "add", "al ice");
        assertRefused("1 to 64 of", "credentials", file.toString(), "add");
        final InProcess tooShort =
                InProcess.run(Map.of(), "short\n", "credentials", file.toString(), "add", "alice", "--stdin");
        assertEquals(2, tooShort.exitCode());
        assertTrue(tooShort.err().contains("12 to 1024 bytes"), tooShort.err());
        assertFalse(Files.exists(file));

        run("credentials", file.toString(), "add", "alice");
        assertRefused(
                "the operator has no credentials", "sequencer", "--set", sequencer, "--set", "sequencer.operator=bob");
        assertRefused("1 to 64 of", "sequencer", "--set", sequencer, "--set", "sequencer.operator=b ob");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertRefused("chmod 600", "sequencer", "--set", sequencer);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "alice:in-the-clear\n");
        assertRefused("line=1 name=alice", "sequencer", "--set", sequencer);
        assertFalse(run("sequencer", "--set", sequencer).err().contains("in-the-clear"));

        final Path login = directory.resolve("login");
        final String[] acquire = {"acquire", "orders", "--sequencer", "0=localhost:1", "--credentials", login.toString()
        };
        assertRefused("cannot read the credentials", acquire);
        Files.writeString(login, "alice:long-enough-a-secret\n");
        Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused("chmod 600", acquire);
        Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(login, "long-enough-a-secret\n");
        assertRefused("one line name:secret", acquire);
        assertFalse(run(acquire).err().contains("long-enough"));
    }

    @Test
    void clientsLogInAndDoWhatTheyMay() throws Exception {
        final Path file = directory.resolve("nodes");
        final String root = login(file, "root");
        final String alice = login(file, "alice");
        final Path forged = directory.resolve("forged");
        Files.writeString(forged, "alice:not-her-secret-at-all\n");
        Files.setPosixFilePermissions(forged, PosixFilePermissions.fromString("rw-------"));
        try (Spawned sequencer = Spawned.start(
                directory,
                "sequencer",
                "--nodes",
                "1",
                "--dir",
                directory.resolve("system").toString(),
                "--set",
                "sequencer.credentials.file=" + file,
                "--set",
                "sequencer.operator=root")) {
            final String ready = sequencer.line();
            assertNotNull(ready, sequencer.err());
            final String endpoints = ready.replaceFirst(".*client\\.sequencer\\.endpoints=", "");
            sequencer.awaitErr("lets in who logs in: principals=2 operator=root");

            assertVerdict("NOT_ALLOWED", call(endpoints, alice, "acquire", "orders/1"));
            assertVerdict("LOGIN_REQUIRED", run("acquire", "orders/1", "--sequencer", endpoints, "--json"));
            assertVerdict("WRONG_CREDENTIALS", call(endpoints, forged.toString(), "acquire", "orders/1"));
            assertVerdict("WRONG_CREDENTIALS", call(endpoints, forged.toString(), "watch", "orders/"));
            assertVerdict("NOT_ALLOWED", call(endpoints, alice, "watch", "orders/"));
            assertVerdict("NOT_ALLOWED", call(endpoints, alice, "sequencer", "access"));

            final InProcess allowed =
                    call(endpoints, root, "sequencer", "access", "allow", "alice", "orders/", "acquire,watch");
            assertEquals(
                    "{\"principal\":\"alice\",\"prefix\":\"orders/\",\"rights\":[\"acquire\",\"watch\"],"
                            + "\"allowed\":true,\"revision\":2}\n",
                    allowed.out(),
                    allowed.err());
            final InProcess acquired = call(endpoints, alice, "acquire", "orders/1");
            assertEquals(0, acquired.exitCode(), acquired.err());
            assertVerdict("NOT_ALLOWED", call(endpoints, alice, "acquire", "bills/1"));
            assertVerdict("NOT_ALLOWED", call(endpoints, alice, "revoke", "orders/1"));
            assertEquals(0, call(endpoints, alice, "leases", "orders/").exitCode());
            assertVerdict(
                    "LAST_OPERATOR", call(endpoints, root, "sequencer", "access", "forbid", "root", "", "operate"));
            final InProcess rules = run("sequencer", "access", "--sequencer", endpoints, "--credentials", root);
            assertTrue(
                    rules.out()
                            .matches("(?s)PRINCIPAL +PREFIX +RIGHTS\nalice +orders/ +acquire,watch\n"
                                    + "root +acquire,revoke,watch,operate\n"),
                    rules.out());
        }
        assertRefused("say allow or forbid", "sequencer", "access", "permit", "alice", "", "acquire");
        assertRefused("no such right", "sequencer", "access", "allow", "alice", "", "write");
        assertRefused("operate goes with a named", "sequencer", "access", "allow", "*", "", "operate");
    }

    private String login(final Path file, final String name) {
        final Path login = directory.resolve(name + ".login");
        assertEquals(
                0,
                run("credentials", file.toString(), "add", name, "--client", login.toString())
                        .exitCode());
        return login.toString();
    }

    private static InProcess call(final String endpoints, final String login, final String... args) {
        final String[] all = new String[args.length + 5];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--sequencer";
        all[args.length + 1] = endpoints;
        all[args.length + 2] = "--credentials";
        all[args.length + 3] = login;
        all[args.length + 4] = "--json";
        return run(all);
    }

    private static InProcess run(final String... args) {
        return InProcess.run(args);
    }

    private static void assertVerdict(final String verdict, final InProcess refused) {
        assertEquals(1, refused.exitCode(), refused.err());
        assertTrue(refused.out().contains("\"verdict\":\"" + verdict + "\""), refused.out() + refused.err());
    }

    private void assertRefused(final String why, final String... args) {
        final String[] all = new String[args.length + 2];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--dir";
        all[args.length + 1] = directory.resolve("nothing").toString();
        final InProcess refused = args[0].equals("credentials") ? run(args) : run(all);
        assertEquals(2, refused.exitCode(), refused.out() + refused.err());
        assertTrue(refused.err().contains(why), refused.err());
        assertNotEquals("", refused.err());
    }

    private static void assertOwnerOnly(final Path file) throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
}

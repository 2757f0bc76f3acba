package io.fencegate.app.config;

import io.fencegate.codecs.WireLimits;
import io.fencegate.sequencer.login.Admission;
import io.fencegate.sequencer.upkeep.UpkeepConfig;
import io.fencegate.storage.durability.Durability;
import io.fencegate.tuning.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every setting of Fencegate.
 *
 * <p>Constants; any thread.
 */
public final class Settings {
    private static final long MIB = 1L << 20;
    private static final long DAY_MS = 24 * 60 * 60 * 1_000L;

    /** Whether the gateway's line has a core of its own. */
    public static final Setting<ThreadsMode> THREADS_MODE = new Setting<>(
            "threads.mode",
            "shared",
            Readers.choice(ThreadsMode.class),
            "shared: the threads share their cores with others; dedicated: the line has a core of its own, of 4 or more");

    /** What a thread does when there is no work. */
    public static final Setting<ThreadsIdle> THREADS_IDLE = new Setting<>(
            "threads.idle",
            "backoff",
            Readers.choice(ThreadsIdle.class),
            "what the line does without work; backoff: spin, yield, then sleep; yield; spin: never gives the core away");

    /** Cores to pin to. */
    public static final Setting<List<Integer>> THREADS_CORES = new Setting<>(
            "threads.cores",
            "",
            Readers.list(Readers.integer(0, 1023)),
            "cores of the line and of the sync agent, as 2,3; only with threads.mode=dedicated; empty: not pinned");

    /** Where the journal lies. */
    public static final Setting<Optional<Path>> JOURNAL_DIRECTORY = new Setting<>(
            "journal.directory",
            "",
            Readers.optional(Readers.path()),
            "folder of the gateway's journal; empty: journal/ in the folder of --dir");

    /** What an accepted write survives. */
    public static final Setting<Durability> JOURNAL_DURABILITY = new Setting<>(
            "journal.durability",
            "process",
            Readers.choice(Durability.class),
            "what an accepted write survives; process: kill -9 of the gateway; disk: a power loss");

    /** How much of the journal is mapped at a time. */
    public static final Setting<Long> JOURNAL_BLOCK_LENGTH = new Setting<>(
            "journal.block.length",
            "4m",
            Readers.size(MIB, 4096 * MIB),
            "how much of the journal is mapped at a time, in bytes");

    /** Space that writes leave alone. */
    public static final Setting<Long> JOURNAL_FREE_FLOOR = new Setting<>(
            "journal.free.floor",
            "256m",
            Readers.size(0, 1L << 40),
            "free space of the disk at which writes are refused; the rest is kept for raised fences");

    /** Longest payload. */
    public static final Setting<Integer> PAYLOAD_LENGTH_MAX = new Setting<>(
            "payload.length.max",
            Integer.toString(WireLimits.PAYLOAD_LENGTH_MAX),
            Readers.integer(1, WireLimits.PAYLOAD_LENGTH_MAX),
            "longest payload that the gateway takes, in bytes");

    /** Where requests come in over UDP. */
    public static final Setting<Optional<String>> GATEWAY_UDP_REQUESTS = new Setting<>(
            "gateway.udp.requests",
            "",
            Readers.optional(Readers.endpoint()),
            "host:port on which the gateway takes requests over UDP; empty: only clients of this machine, over IPC");

    /** Where answers are asked for over UDP. */
    public static final Setting<Optional<String>> GATEWAY_UDP_ANSWERS = new Setting<>(
            "gateway.udp.answers",
            "",
            Readers.optional(Readers.endpoint()),
            "host:port from which clients ask for their answers over UDP; goes with gateway.udp.requests");

    /** Room for fences. */
    public static final Setting<Integer> FENCES_CAPACITY = new Setting<>(
            "fences.capacity",
            "65536",
            Readers.integer(1, 1 << 26),
            "resources that the gateway has room for; their memory is taken at start");

    /** Room for names. */
    public static final Setting<Long> FENCES_NAMES_LENGTH = new Setting<>(
            "fences.names.length",
            "2m",
            Readers.size(128, 2047 * MIB),
            "bytes of names that the gateway has room for; taken at start");

    /** Where the seals' key lies. */
    public static final Setting<Optional<Path>> SEAL_KEY_FILE = new Setting<>(
            "seal.key.file",
            "",
            Readers.optional(Readers.path()),
            "file with the key of the seals (see keygen); empty: `up` makes one in its folder, other roles run without");

    /** Where media drivers keep their buffers. */
    public static final Setting<Optional<Path>> MEMORY_DIRECTORY = new Setting<>(
            "memory.directory",
            "",
            Readers.optional(Readers.path()),
            "folder in memory where media drivers keep their buffers; empty: /dev/shm where there is one, else the"
                    + " folder for temporary files");

    /** Nodes of the sequencer. */
    public static final Setting<Majority> SEQUENCER_NODES = new Setting<>(
            "sequencer.nodes", "3", Majority::read, "nodes of the sequencer: 1, 3 or 5; a majority must live");

    /** Where the nodes of a deployed sequencer listen. */
    public static final Setting<List<String>> SEQUENCER_MEMBERS = new Setting<>(
            "sequencer.members",
            "",
            Readers.list(Readers.endpoint()),
            "nodes of a deployed sequencer as host:port,host:port,host:port; each uses five ports from there on");

    /** Sessions of a node. */
    public static final Setting<Integer> SEQUENCER_SESSIONS_MAX = new Setting<>(
            "sequencer.sessions.max",
            Integer.toString(Admission.SESSIONS_MAX_DEFAULT),
            Readers.integer(1, Admission.SESSIONS_MAX_LIMIT),
            "sessions of clients that the sequencer lets be open at once");

    /** Who may log in. */
    public static final Setting<Optional<Path>> SEQUENCER_CREDENTIALS_FILE = new Setting<>(
            "sequencer.credentials.file",
            "",
            Readers.optional(Readers.path()),
            "file of who may log in (see credentials), the same on every node; empty: the sequencer trusts every client");

    /** Who begins with every right. */
    public static final Setting<Optional<String>> SEQUENCER_OPERATOR = new Setting<>(
            "sequencer.operator",
            "",
            Readers.optional(Readers.principal()),
            "who begins with every right, where there are no rules yet (see sequencer access), the same on every node;"
                    + " empty: whoever logs in may do everything until the first rule");

    /** How much log there may be behind the newest snapshot. */
    public static final Setting<Long> SEQUENCER_SNAPSHOT_LENGTH = new Setting<>(
            "sequencer.snapshot.length",
            "64m",
            Readers.size(UpkeepConfig.SNAPSHOT_LENGTH_MIN, UpkeepConfig.SNAPSHOT_LENGTH_MAX),
            "log of the sequencer behind its newest snapshot at which the leader asks for the next, in bytes; a node"
                    + " keeps about three times as much");

    /** Media driver of a client. */
    public static final Setting<Optional<Path>> CLIENT_AERON_DIRECTORY = new Setting<>(
            "client.aeron.directory",
            "",
            Readers.optional(Readers.path()),
            "directory of the media driver that a client uses; empty: the client brings its own");

    /** The sequencer, as a client sees it. */
    public static final Setting<String> CLIENT_SEQUENCER_ENDPOINTS = new Setting<>(
            "client.sequencer.endpoints",
            "",
            Readers.numberedEndpoints(),
            "the sequencer's nodes as 0=host:port,1=host:port; empty: no sequencer");

    /** Where the sequencer answers. */
    public static final Setting<String> CLIENT_SEQUENCER_EGRESS = new Setting<>(
            "client.sequencer.egress",
            "aeron:udp?endpoint=localhost:0",
            Readers.channel(),
            "channel on which the sequencer answers: an address of the client's machine");

    /** The gateway, as a client sees it. */
    public static final Setting<String> CLIENT_GATEWAY_CHANNEL = new Setting<>(
            "client.gateway.channel",
            "",
            Readers.gatewayChannel(),
            "aeron:ipc, or aeron:udp?endpoint=host:port|control=host:port with the gateway's addresses for requests"
                    + " and answers; empty: no gateway");

    /** As whom a client logs in. */
    public static final Setting<Optional<Path>> CLIENT_CREDENTIALS_FILE = new Setting<>(
            "client.credentials.file",
            "",
            Readers.optional(Readers.path()),
            "file with the name and secret with which a client logs in at the sequencer; empty: it does not");

    /** Patience of a client. */
    public static final Setting<Long> CLIENT_TIMEOUT = new Setting<>(
            "client.timeout",
            "10s",
            Readers.durationMs(100, DAY_MS),
            "how long a command waits for its answer; an acquire adds its --wait");

    private Settings() {}

    /**
     * Every setting, Aeron's own included.
     *
     * @return in the order in which {@code --print-config} shows them
     */
    public static List<Setting<?>> all() {
        final List<Setting<?>> settings = new ArrayList<>(own());
        settings.addAll(AeronSettings.all());
        return settings;
    }

    /**
     * The settings of Fencegate itself.
     *
     * @return in the order in which {@code --print-config} shows them
     */
    public static List<Setting<?>> own() {
        return List.of(
                THREADS_MODE,
                THREADS_IDLE,
                THREADS_CORES,
                JOURNAL_DIRECTORY,
                JOURNAL_DURABILITY,
                JOURNAL_BLOCK_LENGTH,
                JOURNAL_FREE_FLOOR,
                PAYLOAD_LENGTH_MAX,
                GATEWAY_UDP_REQUESTS,
                GATEWAY_UDP_ANSWERS,
                FENCES_CAPACITY,
                FENCES_NAMES_LENGTH,
                SEAL_KEY_FILE,
                MEMORY_DIRECTORY,
                SEQUENCER_NODES,
                SEQUENCER_MEMBERS,
                SEQUENCER_SESSIONS_MAX,
                SEQUENCER_CREDENTIALS_FILE,
                SEQUENCER_OPERATOR,
                SEQUENCER_SNAPSHOT_LENGTH,
                CLIENT_AERON_DIRECTORY,
                CLIENT_SEQUENCER_ENDPOINTS,
                CLIENT_SEQUENCER_EGRESS,
                CLIENT_GATEWAY_CHANNEL,
                CLIENT_CREDENTIALS_FILE,
                CLIENT_TIMEOUT);
    }

    /**
     * What a profile says.
     *
     * @param name of the profile
     * @return its settings
     * @throws ConfigurationException if there is none of that name
     */
    public static Source profile(final String name) {
        try {
            return new Source("profile " + name, Profile.named(name).values());
        } catch (final IllegalArgumentException unknown) {
            throw new ConfigurationException(
                    "no such profile: profile=" + name + "; choose one of " + String.join(", ", Profile.names()));
        }
    }
}

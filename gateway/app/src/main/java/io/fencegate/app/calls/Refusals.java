package io.fencegate.app.calls;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Shapes;
import io.fencegate.client.error.AcknowledgedWritesLostException;
import io.fencegate.client.error.DeniedException;
import io.fencegate.client.error.FencegateException;
import io.fencegate.client.error.ForeignWritesException;
import io.fencegate.client.error.GatewayWentBackException;
import io.fencegate.client.error.InDoubtException;
import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.error.LoginRefusedException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.error.WriteUnansweredException;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Verdict;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the client library reports, as a sentence, an exit code, and an object for programs.
 *
 * <p>Pure functions; any thread.
 */
final class Refusals {
    private Refusals() {}

    static CommandException of(final FencegateException failure, final Path directory) {
        if (failure instanceof StaleTokenException stale) {
            return staleToken(stale);
        }
        if (failure instanceof RefusedException refused) {
            return refused(refused);
        }
        if (failure instanceof LeaseRefusedException refused) {
            return leaseRefused(refused);
        }
        if (failure instanceof LoginRefusedException refused) {
            return loginRefused(refused);
        }
        if (failure instanceof InDoubtException doubt) {
            return inDoubt(doubt);
        }
        if (failure instanceof WriteUnansweredException unanswered) {
            return new CommandException(
                    ExitCode.NOT_REACHABLE,
                    "a write was sent and never answered, so it was accepted or not: " + facts(unanswered)
                            + "; fencegate read tells the last accepted record",
                    new JsonObject().put("inDoubt", true).put("sequence", unanswered.sequence()));
        }
        if (failure instanceof NotReachableException) {
            return unreachable(facts(failure), directory);
        }
        if (failure instanceof AcknowledgedWritesLostException) {
            return violation(
                    "acknowledgedWritesLost", failure, "the gateway has forgotten writes that it acknowledged");
        }
        if (failure instanceof ForeignWritesException) {
            return violation("foreignWrites", failure, "somebody else wrote with this ticket");
        }
        if (failure instanceof GatewayWentBackException) {
            return violation("gatewayWentBack", failure, "the gateway is not the one that acknowledged earlier writes");
        }
        return new CommandException(ExitCode.IMPOSSIBLE, "the client stopped: " + failure.getMessage());
    }

    /** A message that is a sentence already says what to do; bare facts do not. */
    static CommandException unreachable(final String facts, final Path directory) {
        final String advice = facts.contains(". ")
                ? ""
                : "; is the system of dir=" + directory
                        + " running (start it with: fencegate up), and do host and port belong to it?";
        return new CommandException(ExitCode.NOT_REACHABLE, "no answer: " + facts + advice);
    }

    private static CommandException staleToken(final StaleTokenException stale) {
        return new CommandException(
                ExitCode.REFUSED,
                "STALE_TOKEN: token " + Shapes.token(stale.ourToken()) + " of resource=" + stale.resource()
                        + " is fenced by token " + Shapes.token(stale.fenceToken())
                        + " of clientId=" + Shapes.clientId(stale.fenceClientId())
                        + ": another grant was opened since, and this write was not done; "
                        + (isUnproven(stale)
                                ? "the lease is still the ticket's, but the sequencer, which has forgotten this token,"
                                        + " does not believe the gateway without a key: an operator tells it, with"
                                        + " fencegate raise-floor " + stale.fenceToken()
                                : "acquire a new lease to write"),
                Shapes.putToken(
                                new JsonObject()
                                        .put("verdict", Verdict.STALE_TOKEN.name())
                                        .put("resource", stale.resource()),
                                stale.ourToken())
                        .put("fenceToken", stale.fenceToken())
                        .put("fenceClientId", Shapes.clientId(stale.fenceClientId())));
    }

    /** Whether the lease would have been healed, had the sequencer believed the gateway. */
    private static boolean isUnproven(final StaleTokenException stale) {
        return Arrays.stream(stale.getSuppressed())
                .anyMatch(why ->
                        why instanceof LeaseRefusedException refused && refused.verdict() == LeaseVerdict.BAD_SEAL);
    }

    private static CommandException refused(final RefusedException refused) {
        final JsonObject details =
                new JsonObject().put("verdict", refused.verdict().name()).put("resource", refused.resource());
        if (refused.token() != 0) {
            Shapes.putToken(details, refused.token());
        }
        final ExitCode exitCode = isTransient(refused.verdict()) ? ExitCode.NOT_REACHABLE : ExitCode.REFUSED;
        return new CommandException(exitCode, sentence(refused.verdict()) + ": " + facts(refused), details);
    }

    private static boolean isTransient(final Verdict verdict) {
        return verdict == Verdict.RECOVERING || verdict == Verdict.OVERLOADED;
    }

    private static String sentence(final Verdict verdict) {
        final String meaning = switch (verdict) {
            case BAD_SEAL ->
                "the ticket was not sealed with the key of this gateway: it is of another system, or was altered;"
                        + " acquire a new lease here";
            case NOT_OWNER -> "another session or client owns the resource; acquire a new lease";
            case NO_RECORD, UNKNOWN_RESOURCE -> "nothing was ever written to this resource";
            case TABLE_FULL -> "the gateway has no room for another resource; raise fences.capacity";
            case STORAGE_FULL -> "the journal has no space left; free some, and repeat";
            case TOO_LARGE -> "the payload is longer than the gateway takes; split it";
            case TRIMMED -> "the record was removed by retention";
            case RECOVERING -> "the gateway is still recovering its journal; repeat later";
            case OVERLOADED, SESSION_LIMIT -> "the gateway serves as many as it may; repeat later";
            default -> "the gateway refused";
        };
        return verdict + ": " + meaning;
    }

    private static CommandException leaseRefused(final LeaseRefusedException refused) {
        final JsonObject details =
                new JsonObject().put("verdict", refused.verdict().name()).put("resource", refused.resource());
        String meaning = sentence(refused.verdict());
        String more = "";
        if (refused instanceof LeaseLostException lost) {
            Shapes.putToken(details, lost.ourToken()).put("end", lost.end().name());
            putHolder(details, lost.currentHolder());
            meaning = refused.verdict() + ": " + ended(lost.end());
            more = (lost.currentToken() == 0 ? "; nobody holds it now" : "; another client holds it now")
                    + ", acquire a new lease to go on";
        }
        if (refused instanceof DeniedException denied) {
            details.put("remainingMs", denied.remainingMs());
            putHolder(details, denied.holder());
            more = "; wait for it with --wait";
        }
        if (refused.currentToken() != 0) {
            details.put("currentToken", refused.currentToken());
        }
        return new CommandException(ExitCode.REFUSED, meaning + ": " + facts(refused) + more, details);
    }

    private static CommandException loginRefused(final LoginRefusedException refused) {
        final String meaning = switch (refused.refusal()) {
            case WRONG_CREDENTIALS ->
                "the sequencer knows nobody of that name with that secret; give the right file with --credentials";
            case LOGIN_REQUIRED -> "the sequencer lets nobody in who does not log in; name a file with --credentials";
            case SESSION_LIMIT -> "the sequencer has as many sessions open as it may; repeat later";
        };
        final JsonObject details =
                new JsonObject().put("verdict", refused.refusal().name());
        if (!refused.name().isEmpty()) {
            details.put("name", refused.name());
        }
        return new CommandException(
                ExitCode.REFUSED, refused.refusal() + ": " + meaning + ": " + facts(refused), details);
    }

    private static void putHolder(final JsonObject details, final long holder) {
        if (holder != 0) {
            details.put("currentClientId", Shapes.clientId(holder));
        }
    }

    private static String ended(final LeaseEnd end) {
        return switch (end) {
            case UNKNOWN -> "this sequencer knows no such lease: it ended long ago, or its ticket is of another system";
            case EXPIRED -> "the lease ended because its time was over";
            case RELEASED -> "the lease ended because its holder released it";
            case REVOKED -> "the lease ended because an operator revoked it";
        };
    }

    /** What the library states, without its full stop. */
    private static String facts(final FencegateException failure) {
        return failure.getMessage().replaceFirst("\\.$", "");
    }

    private static String sentence(final LeaseVerdict verdict) {
        final String meaning = switch (verdict) {
            case DENIED -> "somebody else holds the lease";
            case WAIT_TIMED_OUT -> "somebody else held the lease for as long as this command waited";
            case LEASE_LOST -> "nobody holds the lease";
            case WAIT_CANCELLED -> "the wait for the lease was given up";
            case TTL_OUT_OF_RANGE -> "the time to live is outside 50ms to 24h";
            case TOKENS_EXHAUSTED -> "no token is left";
            case BAD_SEAL -> "the sequencer does not believe the gateway's proof";
            case TOO_MANY_LEASES, TOO_MANY_WAITERS, TOO_MANY_WAITERS_FOR_RESOURCE, TOO_MANY_CLIENTS ->
                "the sequencer serves as many as it may; repeat later";
            case NOT_ALLOWED ->
                "the principal that asks may not do this; an operator gives rights with: sequencer access";
            case ACCESS_CHANGED -> "somebody changed the rules meanwhile; look at them and repeat";
            case LAST_OPERATOR -> "no operator would be left";
            case TOO_MANY_RULES -> "as many rules stand as may";
            default -> "the sequencer refused";
        };
        return verdict + ": " + meaning;
    }

    private static CommandException inDoubt(final InDoubtException doubt) {
        return new CommandException(
                ExitCode.NOT_REACHABLE,
                "in doubt: writes never got their own answer, and a later attempt was refused: " + facts(doubt)
                        + "; only the journal knows whether they were accepted: see fencegate audit",
                Shapes.putToken(
                                new JsonObject()
                                        .put("inDoubt", true)
                                        .put("resource", doubt.resource())
                                        .put("verdict", doubt.verdict().name()),
                                doubt.token())
                        .put("sequenceFirst", doubt.sequenceFirst())
                        .put("sequenceLast", doubt.sequenceLast())
                        .put("fenceToken", doubt.fenceToken()));
    }

    private static CommandException violation(
            final String kind, final FencegateException failure, final String sentence) {
        return new CommandException(
                ExitCode.VIOLATION,
                sentence + ": " + facts(failure) + "; see fencegate audit --verify",
                new JsonObject().put("violation", kind));
    }
}

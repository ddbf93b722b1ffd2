package dev.holdfast.api.channel;

import dev.holdfast.common.failure.Remedy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the sending of a test message has ended. */
@Schema(name = "ChannelTestResult", example = """
                {"channel": "email", "target": "ops@example.org through mail.internal:25", "delivered": true, "tookMillis": 184,
                 "failure": null}""")
record ChannelTestResult(
        @Schema(example = "email") String channel,

        @Schema(
                description = "Where it was to go, without secrets",
                example = "ops@example.org through mail.internal:25")
        String target,

        @Schema(description = "Whether the other side has taken it")
        boolean delivered,

        @Schema(example = "184") long tookMillis,

        @Schema(description = "Why it was not delivered; null when it was") @Nullable
        Problem failure) {

    /** Why a message was not delivered. */
    @Schema(name = "ChannelProblem")
    record Problem(
            @Schema(description = "The same for ever, for programs", example = "UNREACHABLE")
            String code,

            @Schema(description = "What happened in this case", example = "mail.internal:25 refused the connection")
            String summary,

            @Schema(
                    description = "Why such a thing happens",
                    example = "Nothing takes connections at the channel's address: a wrong host or port, a server that"
                            + " is down, or a firewall in between.")
            String cause,

            List<Remedy> remedies,

            @Schema(description = "Whether trying again may help with nothing changed")
            boolean retryable) {}
}

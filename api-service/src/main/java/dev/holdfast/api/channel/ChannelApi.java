package dev.holdfast.api.channel;

import dev.holdfast.api.upstream.Upstream;
import dev.holdfast.api.web.problem.ApiProblem;
import dev.holdfast.api.web.problem.ProblemCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The ways in which people are told of alerts. */
@RestController
@Tag(name = "Channels")
class ChannelApi {
    private static final String PATH = "/api/v1/channels";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final Upstream notification;

    ChannelApi(Upstream notification) {
        this.notification = notification;
    }

    @GetMapping(PATH)
    @Operation(
            operationId = "listChannels",
            summary = "List the channels over which people are told of alerts",
            description =
                    "All that there can be: which of them are set up, where they go, and how the last message went.")
    @ApiResponse(
            responseCode = "200",
            description = "The channels",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = ChannelList.class)))
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        notification.get(PATH, request, response, ProblemCode.NOT_FOUND);
    }

    @PostMapping(PATH + "/{name}/test")
    @Operation(
            operationId = "testChannel",
            summary = "Send a test message over a channel, now",
            description =
                    "The answer comes when the other side has taken it, or has not. 409 where the channel is not set up,"
                            + " or a test of it is under way.")
    @ApiResponse(
            responseCode = "200",
            description = "How it ended, delivered or not",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = ChannelTestResult.class)))
    void test(@PathVariable String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new ApiProblem(ProblemCode.CHANNEL_NOT_FOUND, "a channel has a name such as email or slack");
        }
        notification.change(PATH + "/" + name + "/test", request, response, ProblemCode.CHANNEL_NOT_FOUND);
    }
}

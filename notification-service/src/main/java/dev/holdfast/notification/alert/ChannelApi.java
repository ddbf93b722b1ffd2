package dev.holdfast.notification.alert;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The channels over HTTP. */
@RestController
class ChannelApi {
    private final Channels channels;
    private final Deliveries deliveries;
    private final TestChannel test;

    ChannelApi(Channels channels, Deliveries deliveries, TestChannel test) {
        this.channels = channels;
        this.deliveries = deliveries;
        this.test = test;
    }

    @GetMapping("/api/v1/channels")
    ChannelPage channels() {
        var last = deliveries.lastOf(channels.possibleNames());
        return new ChannelPage(channels.possible().stream()
                .map(possible -> ChannelItem.of(possible, last.get(possible.name())))
                .toList());
    }

    @PostMapping("/api/v1/channels/{name}/test")
    ChannelTest test(@PathVariable String name) throws InterruptedException {
        return test.send(name);
    }
}

package dev.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.PortInUseException;

class StartProblemTest {

    @Test
    void a_port_in_use_is_named_however_deep_it_lies() {
        var problem = new IllegalStateException("context", new RuntimeException(new PortInUseException(8080)));

        assertThat(StartProblem.inOneLine(problem))
                .isEqualTo("port 8080 is in use by another program; choose one with --port");
    }

    @Test
    void what_the_user_can_do_something_about_comes_in_its_own_words() {
        assertThat(StartProblem.inOneLine(new RuntimeException(new StartFailure("the disk is full"))))
                .isEqualTo("the disk is full");
    }

    @Test
    void anything_else_is_the_first_line_of_the_innermost_cause() {
        var problem = new RuntimeException("outer", new IOException("inner\nsecond line"));

        assertThat(StartProblem.inOneLine(problem)).isEqualTo("java.io.IOException: inner");
    }
}

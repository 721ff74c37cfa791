package org.chanterelle.generate.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {
    @Test
    void theLastWindowEndsAtTheTotalLength() {
        assertThat(new Windows(10, 4, 2).starts()).isEqualTo(List.of(0, 2, 4, 6));
        assertThat(new Windows(11, 4, 2).starts()).isEqualTo(List.of(0, 2, 4, 6, 7));
        assertThat(new Windows(4, 4, 2).starts()).isEqualTo(List.of(0));
        assertThat(new Windows(5, 4, 4).starts()).isEqualTo(List.of(0, 1));
    }

    @ParameterizedTest
    @CsvSource({"0, 4096, 8192, 4, 4096", "1, 4096, 8192, 4, 4096", "2, 1024, 8192, 1, 1024", "0, 512, 1024, 4, 512"})
    void hopsAreThePublishedPartsOfTheContext(int level, int hop, int context, int unit, int expected) {
        assertThat(Windows.published(level, 100_000, context, unit)).isEqualTo(new Windows(100_000, context, expected))
                .extracting(Windows::hop).isEqualTo(hop);
    }

    @Test
    void whatIsShorterThanTheContextIsOneWindow() {
        assertThat(Windows.published(0, 100, 8192, 4)).isEqualTo(new Windows(100, 100, 100));
        assertThat(Windows.published(0, 100, 8192, 4).starts()).containsExactly(0);
    }

    @Test
    void windowsBeginWhereACodeOfTheLevelAboveBegins() {
        Windows windows = Windows.published(1, 400, 30, 4);
        assertThat(windows).isEqualTo(new Windows(400, 28, 12));
        assertThat(windows.starts()).allMatch(start -> start % 4 == 0).endsWith(372);
    }

    @Test
    void eachWindowIsGivenWhatIsThere() {
        Windows windows = new Windows(10, 4, 2);
        assertThat(windows.primed(0)).isEqualTo(2 + 2 + 2);
        assertThat(windows.primed(6)).isEqualTo(2 + 2);
        assertThat(windows.primed(7)).isEqualTo(3 + 2);
        assertThat(windows.primed(10)).isZero();
        assertThat(windows.left(0)).isEqualTo(4);
        assertThat(windows.left(7)).isEqualTo(2);
        assertThat(windows.left(10)).isZero();
    }

    @Test
    void windowsThatLeaveGapsAreNotMade() {
        assertThatThrownBy(() -> new Windows(10, 4, 5)).isInstanceOf(IllegalArgumentException.class);
    }
}

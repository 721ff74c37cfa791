package org.chanterelle.train.sing;

import java.util.stream.Stream;

/** How long each stage lasts: its own steps, or its share of all steps or of the time. */
final class SingPlan {
    private final SingTrainer.Request request;

    SingPlan(SingTrainer.Request request) {
        this.request = request;
    }

    /** How much of its stage a job has done, 0 to 1. */
    double done(SingState state) {
        if (share(state.stage) == 0) {
            return 1.0;
        }
        if (request.minutes() > 0) {
            double end = endSeconds(state.stage);
            double length = Math.max(1e-9, end - state.stageStartSeconds);
            return Math.clamp((state.seconds - state.stageStartSeconds) / length, 0.0, 1.0);
        }
        long steps = steps(state.stage);
        return steps == 0 ? 1.0 : Math.min(1.0, (double) state.stageStep / steps);
    }

    /** How much of the whole job, 0 to 1. */
    double doneInAll(SingState state) {
        double before = 0;
        double all = 0;
        for (SingStage stage : SingStage.values()) {
            double length = request.minutes() > 0 ? share(stage) : steps(stage);
            before += stage.ordinal() < state.stage.ordinal() ? length : 0;
            all += length;
        }
        double current = request.minutes() > 0 ? share(state.stage) : steps(state.stage);
        return Math.min(1.0, (before + current * done(state)) / all);
    }

    private long steps(SingStage stage) {
        return request.steps() > 0 ? Math.round(request.steps() * share(stage)) : request.config().stage(stage).steps();
    }

    private double endSeconds(SingStage stage) {
        return 60 * request.minutes() * Stream.of(SingStage.values()).filter(s -> s.ordinal() <= stage.ordinal())
                .mapToDouble(this::share).sum();
    }

    private double share(SingStage stage) {
        double all = Stream.of(SingStage.values()).mapToDouble(s -> request.config().stage(s).share()).sum();
        return all == 0 ? 1.0 / SingStage.values().length : request.config().stage(stage).share() / all;
    }
}

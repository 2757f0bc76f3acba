package io.fencegate.verification.model;

import io.fencegate.verification.history.Event;

/**
 * One event, as the model is to see it.
 *
 * @param step what it is
 * @param event what was observed, in its true numbers
 */
record TraceStep(ModelStep step, Event event) {}

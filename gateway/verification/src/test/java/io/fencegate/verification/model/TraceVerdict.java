package io.fencegate.verification.model;

/**
 * Whether a history is a behaviour of the model, as far as it concerns one resource.
 *
 * @param accepted whether it is
 * @param steps how many events concern the resource
 * @param sentence if it is not: which event is no step of the model, of which of its actions, and what the model's state was
 */
record TraceVerdict(boolean accepted, int steps, String sentence) {}

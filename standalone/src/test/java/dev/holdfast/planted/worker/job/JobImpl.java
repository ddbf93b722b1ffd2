package dev.holdfast.planted.worker.job;

/** Planted: see {@link dev.holdfast.HouseStyleTest}. */
class JobImpl {}

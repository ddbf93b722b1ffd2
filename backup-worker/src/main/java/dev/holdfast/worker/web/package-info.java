/** What the api-service asks of the worker over HTTP: logs, artifacts, preflight. Internal, on 127.0.0.1 alone. */
@NullMarked
package dev.holdfast.worker.web;

import org.jspecify.annotations.NullMarked;

/**
 * Answers over HTTP/1.1, plain or encrypted, to clients that may be slow, many or hostile: Jetty speaks with them, and everything that
 * a client can hold has a limit. Knows nothing of what is answered.
 */
@NullMarked
package dev.lastmile.http;

import org.jspecify.annotations.NullMarked;

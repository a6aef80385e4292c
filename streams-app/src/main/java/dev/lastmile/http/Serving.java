package dev.lastmile.http;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From Jetty's requests to answers and back. Waits for nobody on Jetty's threads. */
final class Serving extends org.eclipse.jetty.server.Handler.Abstract.NonBlocking {

    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    /** A client that has taken so much more is not slow, and so little is encrypted at a time. */
    private static final int PIECE_BYTES = 64 << 10;

    private final Limits limits;
    private final Map<String, String> always;
    private final Handler handler;
    private final Executor makers;
    private final Clients clients;
    private final Refusals refusals;

    Serving(
            Limits limits,
            Map<String, String> always,
            Handler handler,
            Executor makers,
            Clients clients,
            Refusals refusals) {
        this.limits = limits;
        this.always = Map.copyOf(always);
        this.handler = handler;
        this.makers = makers;
        this.clients = clients;
        this.refusals = refusals;
    }

    @Override
    public boolean handle(org.eclipse.jetty.server.Request asked, Response response, Callback callback) {
        Client client = clients.asked(asked.getConnectionMetaData().getConnection());
        if (client == null) {
            callback.failed(new ClosedChannelException());
            return true;
        }
        Exchange exchange = new Exchange(client, isLast(asked), response, callback);
        if (asked.getHeaders().size() > limits.headers()) {
            refusals.add(Refusal.TOO_LARGE);
            exchange.send(Answer.text(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, "too many headers"));
            return true;
        }
        Request request = request(asked);
        Optional<Answer> atOnce = handler.atOnce(request);
        if (atOnce.isPresent()) {
            exchange.send(atOnce.get());
            return true;
        }
        try {
            makers.execute(() -> exchange.send(made(request)));
        } catch (RejectedExecutionException tooMany) {
            refusals.add(Refusal.BUSY);
            exchange.send(Answer.text(HttpStatus.SERVICE_UNAVAILABLE_503, "too many requests are waiting"));
        }
        return true;
    }

    /** What Jetty refuses is answered by its status alone: its own pages repeat what was asked. */
    boolean refuse(org.eclipse.jetty.server.Request asked, Response response, Callback callback) {
        int status = response.getStatus();
        switch (status) {
            case HttpStatus.PAYLOAD_TOO_LARGE_413,
                    HttpStatus.URI_TOO_LONG_414,
                    HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 -> refusals.add(Refusal.TOO_LARGE);
            case HttpStatus.INTERNAL_SERVER_ERROR_500 -> LOG.atError().log("Answering a request failed");
            default -> refusals.add(Refusal.MALFORMED);
        }
        Client client = clients.asked(asked.getConnectionMetaData().getConnection());
        if (client == null) {
            callback.failed(new ClosedChannelException());
        } else {
            String phrase = HttpStatus.getMessage(status).toLowerCase(Locale.ROOT);
            new Exchange(client, true, response, callback).send(Answer.text(status, phrase));
        }
        return true;
    }

    /** Who sends a body ends the connection with it: it is not read. */
    private static boolean isLast(org.eclipse.jetty.server.Request asked) {
        return !asked.getConnectionMetaData().isPersistent()
                || asked.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                || asked.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > 0;
    }

    private static Request request(org.eclipse.jetty.server.Request asked) {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : asked.getHeaders()) {
            headers.putIfAbsent(field.getLowerCaseName(), field.getValue() == null ? "" : field.getValue());
        }
        return new Request(
                asked.getMethod(),
                asked.getHttpURI().getPath(),
                asked.getHttpURI().getQuery(),
                headers);
    }

    private Answer made(Request request) {
        try {
            return handler.answer(request);
        } catch (RuntimeException e) {
            // A fault in showing must not look like an answer; the path may hold a customer's text.
            LOG.atError().setCause(e).log("Answering a request failed");
            return Answer.text(HttpStatus.INTERNAL_SERVER_ERROR_500, "internal error");
        }
    }

    /** One answer on its way, piece by piece, so that it is known whether its client takes it. */
    private final class Exchange extends IteratingCallback {

        private final Client client;
        private final Response response;
        private final Callback callback;
        private boolean last;
        private ByteBuffer body = ByteBuffer.allocate(0);
        private boolean ended;

        Exchange(Client client, boolean last, Response response, Callback callback) {
            this.client = client;
            this.last = last;
            this.response = response;
            this.callback = callback;
        }

        /** An answer that is none, of whatever kind, ends the connection. */
        void send(Answer answer) {
            last |= answer.status() >= HttpStatus.BAD_REQUEST_400;
            body = ByteBuffer.wrap(answer.body());
            response.setStatus(answer.status());
            HttpFields.Mutable headers = response.getHeaders();
            always.forEach(headers::put);
            answer.headers().forEach(headers::put);
            headers.put(HttpHeader.CONTENT_LENGTH, body.remaining());
            if (last) {
                headers.put(HttpHeader.CONNECTION, "close");
            }
            clients.takes(client, body.remaining());
            iterate();
        }

        @Override
        protected Action process() {
            clients.goesOn(client);
            if (ended) {
                return Action.SUCCEEDED;
            }
            ByteBuffer piece = body.slice(body.position(), Math.min(PIECE_BYTES, body.remaining()));
            body.position(body.position() + piece.remaining());
            ended = !body.hasRemaining();
            response.write(ended, piece, this);
            return Action.SCHEDULED;
        }

        @Override
        protected void onCompleteSuccess() {
            clients.took(client, last);
            callback.succeeded();
        }

        @Override
        protected void onCompleteFailure(Throwable gone) {
            callback.failed(gone);
        }
    }
}

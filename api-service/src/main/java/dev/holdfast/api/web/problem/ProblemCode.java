package dev.holdfast.api.web.problem;

import java.util.Locale;

/** Every way a request can be refused. Clients branch on these names: never rename or reuse one. */
public enum ProblemCode {
    VALIDATION_FAILED(400, "The request is not valid", "correct what errors lists"),
    INVALID_JSON(400, "The body is not the JSON that is expected here", "send one JSON object, encoded in UTF-8"),
    BAD_REQUEST(
            400,
            "The request can't be understood",
            "see /v3/api-docs for what is asked how, and percent-encode what stands in the address, as curl does with"
                    + " -G --data-urlencode"),
    SOURCE_UNKNOWN(400, "There is no such source", "create it with POST /api/v1/sources, or see GET /api/v1/sources"),
    UNAUTHENTICATED(
            401,
            "It is not known who asks",
            "send Authorization: Bearer TOKEN with a token of the page /tokens; on the machine of ./holdfast up,"
                    + " the local one is in data/keys/local-token"),
    FORBIDDEN(403, "The caller may not do this", "ask an administrator of this Holdfast for the role"),
    HOST_NOT_ALLOWED(
            403,
            "This name is not served here",
            "use http://127.0.0.1 or localhost, or add the name to HOLDFAST_API_ALLOWEDHOSTS of the api-service"),
    ORIGIN_NOT_ALLOWED(
            403,
            "A page of another origin may not change anything here",
            "open the page of this Holdfast again and send it from there; a program leaves Origin and Sec-Fetch-Site out"),
    NOT_FOUND(404, "There is nothing at this address", "see /v3/api-docs for what there is"),
    SOURCE_NOT_FOUND(404, "There is no such source", "see GET /api/v1/sources"),
    ACCOUNT_NOT_FOUND(404, "There is no such account", "see GET /api/v1/accounts"),
    TOKEN_NOT_FOUND(404, "There is no such token", "see GET /api/v1/tokens"),
    LINK_VOID(404, "The link is not good any more", "ask an administrator for a new one"),
    BACKUP_NOT_FOUND(404, "There is no such backup", "see GET /api/v1/backups"),
    CHANNEL_NOT_FOUND(404, "There is no such channel", "see GET /api/v1/channels"),
    ARTIFACT_NOT_FOUND(404, "There is no such artifact", "the backup's artifacts lists its files"),
    METHOD_NOT_ALLOWED(405, "The method is not possible here", "use a method that the header Allow names"),
    NOT_ACCEPTABLE(406, "The answer has no form that the client accepts", "accept application/json"),
    BODY_TOO_SLOW(
            408,
            "The body did not come in time",
            "send it without pauses, or raise HOLDFAST_API_MAXBODYTIME of the api-service (30s)"),
    ARTIFACT_CHANGED(
            409,
            "The artifact is not what was sealed",
            "take another backup, and see what changed the file on the volume"),
    CONFLICT(409, "This is not possible as things are", "do what the detail says, then try again"),
    ACCOUNT_NAME_TAKEN(409, "Another account has this name", "choose another name"),
    LAST_ADMINISTRATOR(409, "Nobody could administer Holdfast any more", "make another administrator first"),
    SOURCE_NAME_TAKEN(409, "Another source has this name", "choose another name"),
    SOURCE_BUSY(
            409,
            "A backup of this source is running",
            "wait for it, or cancel it: its page has a button, and POST /api/v1/backups/{id}/cancel does it"),
    SOURCE_PAUSED(409, "The source is paused", "resume it, then request the backup again"),
    SOURCE_DELETED(409, "The source of this backup was deleted", "create the source again and request a new backup"),
    BACKUP_ENDED(
            409,
            "The backup has ended already",
            "see GET /api/v1/backups/{id} for how; a failed or cancelled one runs again with POST .../retry"),
    BACKUP_NOT_ENDED(409, "The backup has not failed", "only a failed or cancelled backup can be retried"),
    SOURCE_CHANGED(412, "The source was changed since it was read", "read it again, then decide again"),
    PRECONDITION_FAILED(
            412,
            "The file is not the one that the request is about",
            "begin again without If-Match; the header ETag of the answer says which file it is"),
    BODY_TOO_LARGE(
            413, "The body is too large", "send less, or raise HOLDFAST_API_MAXBODYSIZE of the api-service (256KB)"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has a form that is not read here", "send Content-Type: application/json"),
    FORM_NEEDED(
            415,
            "A page takes what its form sends",
            "send Content-Type: application/x-www-form-urlencoded, or use /api/v1 with JSON"),
    RANGE_NOT_SATISFIABLE(
            416,
            "The file has no such range",
            "begin below the size, which is in the header Content-Range; a copy of that size is whole already"),
    PASSWORD_NEEDED(
            422,
            "The password is needed again",
            "send the password of the new server with the change, or an empty one where it asks for none"),
    IDEMPOTENCY_KEY_REUSED(
            422, "The Idempotency-Key was used for another request", "send a new key with a new request"),
    TOO_MANY_REQUESTS(429, "Too many requests", "come back after the seconds that Retry-After says"),
    UNEXPECTED(500, "An error that Holdfast does not know", "report it with the time and the log of the api-service"),
    NOT_IMPLEMENTED(
            501,
            "Nothing here understands this method or transfer coding",
            "use a method of /v3/api-docs, and no Transfer-Encoding but chunked"),
    UPSTREAM_FAILED(502, "Another service gave an answer that can't be used", "see the log of that service"),
    UPSTREAM_UNAVAILABLE(503, "Another service does not answer", "see whether it runs, then try again"),
    SEAL_KEY_MISSING(
            503,
            "The worker's public key is not there, so a password can't be stored safely",
            "start the backup-worker, which makes it, or set HOLDFAST_SEAL_RECIPIENTFILE of both"),
    DATABASE_UNAVAILABLE(503, "The database of Holdfast does not answer", "see whether it runs, then try again"),
    HTTP_VERSION_NOT_SUPPORTED(
            505, "This version of HTTP is not spoken here", "use HTTP/1.1, as curl does with --http1.1");

    private final int status;
    private final String title;
    private final String fix;

    ProblemCode(int status, String title, String fix) {
        this.status = status;
        this.title = title;
        this.fix = fix;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What it is, in general. */
    public String title() {
        return title;
    }

    /** What the client can do about it. */
    public String fix() {
        return fix;
    }

    /** The problem's {@code type}: a name, not an address, since no site of ours explains it. */
    public String type() {
        return "urn:holdfast:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package io.virtwise.approval;

/**
 * A request for approval, or an approval that nobody used, ran out of time. Published
 * inside the transaction that says so.
 *
 * @param request the request after that
 */
public record ApprovalExpired(ApprovalRequest request) {
}

//! Problem details for HTTP (RFC 9457).

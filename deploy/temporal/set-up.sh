#!/bin/sh
# The namespace, and the search attributes that operators look by; repeating it changes nothing. Where Temporal is and which
# namespace is meant, the command reads from TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE.
set -eu
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 30d
# A new namespace is known everywhere after a moment.
attempts=30
until temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
  --name StuckCause --type Keyword --name DocumentType --type Keyword --name Authority --type Keyword; do
  attempts=$((attempts - 1))
  [ "$attempts" -gt 0 ] || exit 1
  sleep 1
done

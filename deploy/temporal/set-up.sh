#!/bin/sh
# Creates the namespace and the search attributes for operators. A second run changes nothing. The command `temporal` reads the
# server's address from TEMPORAL_ADDRESS and the namespace from TEMPORAL_NAMESPACE.
set -eu
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 30d
# A new namespace takes a moment to reach all parts of the server.
attempts=30
until temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" \
  --name StuckCause --type Keyword --name DocumentType --type Keyword --name Authority --type Keyword; do
  attempts=$((attempts - 1))
  [ "$attempts" -gt 0 ] || exit 1
  sleep 1
done

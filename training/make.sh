#!/bin/sh
# From data to shipped files: training/make.sh DATA RUN
set -eu
data=$1 run=$2
reader=src/onrecord/language/en/reader
cd "$(dirname "$0")/.."
python -m training.train --data "$data" --out "$run" --minutes "${MINUTES:-96}"
python -m training.export --checkpoint "$run/reader.pt" --data "$data" --to "$reader"
python -m training.evaluate --data "$data" --reader "$reader"

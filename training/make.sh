#!/bin/sh
# From data to shipped files: training/make.sh DATA RUN
set -eu
data=$1 run=$2
reader=src/onrecord/language/en/reader
cd "$(dirname "$0")/.."
python -m training.train --data "$data" --out "$run" --minutes "${MINUTES:-96}"
cp "$run/reader.pt" "$run/first.pt"
python -m training.train --data "$data" --out "$run" --minutes "${MORE_MINUTES:-190}" --resume
python -m training.average "$run/first.pt" "$run/reader.pt" --share 0.6 --out "$run/mean.pt"
python -m training.export --checkpoint "$run/mean.pt" --data "$data" --to "$reader"
python -m training.evaluate --data "$data" --reader "$reader" --checkpoint "$run/mean.pt"

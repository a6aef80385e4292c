#!/usr/bin/env python3
"""Turns speech-recognition results into the two files of a replay, one deployment for each recogniser.

Input: CSV with the columns utterance_id, accent, age, gender, reference and one column of answers for each recogniser.
Output: inferences.csv and ground-truth.csv in the current folder. Real times are not known: one utterance every ten
seconds is as good as any, and its truth follows five seconds later.

    python3 common_voice.py common-voice-asr.csv google deepspeech
"""

import csv
import datetime
import os
import sys

START = datetime.datetime(2019, 3, 1)
DIMENSIONS = ("accent", "age", "gender")


def main(path, recognisers):
    with open(path, newline="", encoding="utf-8") as source, \
            open("inferences.csv", "w", newline="", encoding="utf-8") as inferences, \
            open("ground-truth.csv", "w", newline="", encoding="utf-8") as truths:
        answers = csv.writer(inferences)
        answers.writerow(["customer", "deployment", "model_version", "inference_id", "occurred_at", "output"]
                         + ["slice." + dimension for dimension in DIMENSIONS])
        labels = csv.writer(truths)
        labels.writerow(["customer", "deployment", "inference_id", "observed_at", "truth"])
        for number, row in enumerate(csv.DictReader(source)):
            occurred = START + datetime.timedelta(seconds=10 * number)
            observed = occurred + datetime.timedelta(seconds=5)
            for recogniser in recognisers:
                answers.writerow(["common-voice", recogniser, "2019", row["utterance_id"], occurred.isoformat() + "Z",
                                  row[recogniser]] + [row[dimension] for dimension in DIMENSIONS])
                labels.writerow(["common-voice", recogniser, row["utterance_id"], observed.isoformat() + "Z",
                                 row["reference"]])


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    if not os.path.isfile(sys.argv[1]):
        sys.exit("there is no file " + sys.argv[1])
    main(sys.argv[1], sys.argv[2:])

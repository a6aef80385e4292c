package dev.lastmile.local.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** What people on a hospital ward say: a small grammar, and every word it can produce. */
final class Sentences {

    private static final Map<String, List<String>> SLOTS = Map.of(
            "BED", List.of("one", "two", "three", "four", "five", "six", "seven", "eight"),
            "DOSE", List.of("five", "ten", "twenty", "forty", "eighty", "two hundred", "five hundred"),
            "DRUG", List.of("paracetamol", "morphine", "warfarin", "heparin", "insulin", "amoxicillin", "furosemide"),
            "TIME", List.of("six", "seven thirty", "eight", "ten fifteen", "noon", "two", "midnight"),
            "TEST",
                    List.of(
                            "a blood count",
                            "a chest film",
                            "an echo",
                            "cultures",
                            "a urine sample",
                            "a clotting screen"),
            "SIGN", List.of("short of breath", "in pain", "feverish", "confused", "asleep", "eating well", "dizzy"),
            "WHO", List.of("the registrar", "the pharmacist", "the ward sister", "the family", "the night team"),
            "PART", List.of("left leg", "right arm", "chest", "abdomen", "lower back", "neck"));

    private static final List<String> TEMPLATES = List.of(
            "patient in bed BED is SIGN since TIME",
            "please give bed BED DOSE milligrams of DRUG at TIME",
            "the patient in bed BED has pain in the PART and is SIGN",
            "we need TEST for bed BED before TIME",
            "hold the DRUG until WHO has seen the patient",
            "blood pressure in bed BED is stable and the patient is SIGN",
            "WHO asked for TEST this morning",
            "stop DRUG and start DRUG DOSE milligrams twice a day",
            "dressing on the PART was changed at TIME",
            "call WHO if the patient in bed BED is SIGN again",
            "bed BED may go home after TIME if TEST is clear",
            "no allergies known but DRUG made the patient SIGN");

    private final List<String> vocabulary;

    Sentences() {
        TreeSet<String> words = new TreeSet<>();
        for (String template : TEMPLATES) {
            for (String part : template.split(" ", -1)) {
                for (String phrase : SLOTS.getOrDefault(part, List.of(part))) {
                    words.addAll(List.of(phrase.split(" ", -1)));
                }
            }
        }
        vocabulary = List.copyOf(words);
    }

    /** The words of one sentence. */
    List<String> draw(SplittableRandom random) {
        List<String> words = new ArrayList<>();
        for (String part : oneOf(TEMPLATES, random).split(" ", -1)) {
            String phrase = SLOTS.containsKey(part) ? oneOf(SLOTS.getOrDefault(part, List.of()), random) : part;
            words.addAll(List.of(phrase.split(" ", -1)));
        }
        return words;
    }

    /** Any word, each equally often. */
    String anyWord(SplittableRandom random) {
        return oneOf(vocabulary, random);
    }

    private static String oneOf(List<String> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }
}

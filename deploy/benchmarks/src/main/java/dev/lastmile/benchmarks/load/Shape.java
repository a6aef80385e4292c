package dev.lastmile.benchmarks.load;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a load is like, whatever its size.
 *
 * @param customer the first one's name; those of others have a number after it
 * @param deployments two or more, of which the first has 60 % of the traffic and the others share the rest evenly
 * @param customers among whom deployments are dealt out in turn
 * @param labelledShare of inferences that get a ground truth, 0-1
 * @param correctedShare of ground truths that are corrected once, 0-1
 * @param slices of each event
 * @param content of each event
 */
public record Shape(
        String customer,
        int deployments,
        int customers,
        double labelledShare,
        double correctedShare,
        Slices slices,
        Content content) {

    /** One customer, twenty deployments, 95 % labelled, nothing corrected, five slices an event. */
    public static final Shape USUAL = new Shape("bench", 20, 1, 0.95, 0, Slices.USUAL, Content.LABELS);

    public Shape {
        if (deployments < 2) {
            throw new IllegalArgumentException("deployments must be >= 2: " + deployments);
        }
        if (customers < 1 || customers > deployments) {
            throw new IllegalArgumentException("customers must be in [1, " + deployments + "]: " + customers);
        }
        if (!(labelledShare >= 0 && labelledShare <= 1)) {
            throw new IllegalArgumentException("labelledShare must be in [0, 1]: " + labelledShare);
        }
        if (!(correctedShare >= 0 && correctedShare <= 1)) {
            throw new IllegalArgumentException("correctedShare must be in [0, 1]: " + correctedShare);
        }
    }

    /** Of a customer of that name. */
    public Shape withCustomer(String newName) {
        return new Shape(newName, deployments, customers, labelledShare, correctedShare, slices, content);
    }

    /** With so many deployments. */
    public Shape withDeployments(int newDeployments) {
        return new Shape(customer, newDeployments, customers, labelledShare, correctedShare, slices, content);
    }

    /** With so many customers. */
    public Shape withCustomers(int newCustomers) {
        return new Shape(customer, deployments, newCustomers, labelledShare, correctedShare, slices, content);
    }

    /** With so many corrections. */
    public Shape withCorrected(double newShare) {
        return new Shape(customer, deployments, customers, labelledShare, newShare, slices, content);
    }

    /** Without any ground truth. */
    public Shape unlabelled() {
        return new Shape(customer, deployments, customers, 0, 0, slices, content);
    }

    /** With these slices. */
    public Shape withSlices(Slices newSlices) {
        return new Shape(customer, deployments, customers, labelledShare, correctedShare, newSlices, content);
    }

    /** With events of eight attributes, and five slices of each. */
    public Shape withFiveOfEight() {
        return withSlices(Slices.FIVE_OF_EIGHT);
    }

    /** With events of eight attributes, and fifty slices of each. */
    public Shape withFiftyOfEight() {
        return withSlices(Slices.FIFTY_OF_EIGHT);
    }

    /** With this content. */
    public Shape withContent(Content newContent) {
        return new Shape(customer, deployments, customers, labelledShare, correctedShare, slices, newContent);
    }

    /** Inferences and ground truths of all versions, over inferences. */
    public double eventsPerInference() {
        return 1 + labelledShare * (1 + correctedShare);
    }

    /** Names of all customers. */
    public List<String> customerNames() {
        return IntStream.range(0, customers).mapToObj(this::customerName).toList();
    }

    /** The customer that a deployment belongs to. */
    String customerOf(int deployment) {
        return customerName(deployment % customers);
    }

    private String customerName(int number) {
        return number == 0 ? customer : customer + "-" + number;
    }
}

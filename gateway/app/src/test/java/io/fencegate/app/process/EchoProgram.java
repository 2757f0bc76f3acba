package io.fencegate.app.process;

/** Says that it is ready, and then says every order again, until its standard input ends. */
public final class EchoProgram {
    private EchoProgram() {}

    /** Runs until standard input ends. */
    public static void main(final String[] args) throws InterruptedException {
        System.out.println(Facts.of("ready").with("first", args[0]));
        final Orders orders = Orders.of(System.in);
        while (!orders.hasEnded()) {
            final Facts order = orders.take(100);
            if (order != null) {
                System.out.println(order.with("again", true));
            }
        }
    }
}

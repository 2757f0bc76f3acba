package io.fencegate.app.launch;

import java.lang.reflect.Proxy;

/**
 * Signals that this process answers itself. A shutdown hook would not do: while hooks run, a JVM refuses what libraries
 * want of it at their first use, and no hook knows which signal it was.
 *
 * <p>Any thread; what is to be done is run by a thread of the JVM.
 */
public final class Signals {
    private Signals() {}

    /**
     * Answers a signal from now on, unless whoever started this process wanted it ignored.
     *
     * @param name without SIG, as INT or TERM
     * @param action at each signal; short
     */
    public static void handle(final String name, final Runnable action) {
        try {
            // sun.misc.Signal is part of every JDK (module jdk.unsupported), and cannot be named without a warning.
            final Class<?> signal = Class.forName("sun.misc.Signal");
            final Class<?> handler = Class.forName("sun.misc.SignalHandler");
            final Object proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, args) -> switch (method.getName()) {
                        case "handle" -> {
                            action.run();
                            yield null;
                        }
                        case "equals" -> self == args[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> "answer to SIG" + name;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (final ReflectiveOperationException unavailable) {
            // The JVM was told to leave signals alone (-Xrs): the kernel's own answer stands.
            System.getLogger(Signals.class.getName())
                    .log(System.Logger.Level.DEBUG, "signal={0} is not handled: {1}", name, unavailable);
        }
    }
}

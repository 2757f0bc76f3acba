package io.fencegate.verification.control;

import javassist.CannotCompileException;
import javassist.CtClass;
import javassist.CtMethod;
import javassist.NotFoundException;
import javassist.expr.ExprEditor;
import javassist.expr.MethodCall;

/**
 * What is wrong with one method of a shipped class, as source: {@code $1} is its first parameter, {@code $_} a result.
 * Immutable.
 *
 * @param className of the shipped class
 * @param method its only one of that name
 * @param place where the source goes
 * @param called the method whose calls are replaced, with the simple name of its class before a dot; empty elsewhere
 * @param source plain Java, without generics, lambdas and boxing
 */
public record Patch(String className, String method, Place place, String called, String source) {
    /** Where the source goes. */
    public enum Place {
        BODY,
        BEFORE,
        AFTER,
        CALL
    }

    /** The method does this instead. */
    public static Patch body(final String className, final String method, final String source) {
        return new Patch(className, method, Place.BODY, "", source);
    }

    /** The method does this first. */
    public static Patch before(final String className, final String method, final String source) {
        return new Patch(className, method, Place.BEFORE, "", source);
    }

    /** The method does this at last. */
    public static Patch after(final String className, final String method, final String source) {
        return new Patch(className, method, Place.AFTER, "", source);
    }

    /** The method does this instead of each of its calls of another. */
    public static Patch call(final String className, final String method, final String called, final String source) {
        return new Patch(className, method, Place.CALL, called, source);
    }

    /** Plants it. @param shipped the class, as it is shipped, or patched elsewhere */
    void plant(final CtClass shipped) throws NotFoundException, CannotCompileException {
        final CtMethod[] methods = shipped.getDeclaredMethods(method);
        if (methods.length != 1) {
            throw new IllegalStateException(
                    "not one method of that name: class=" + className + " method=" + method + " n=" + methods.length);
        }
        switch (place) {
            case BODY -> methods[0].setBody(source);
            case BEFORE -> methods[0].insertBefore(source);
            case AFTER -> methods[0].insertAfter(source);
            case CALL -> replaceCalls(methods[0]);
            default -> throw new IllegalStateException("place=" + place);
        }
    }

    private void replaceCalls(final CtMethod patched) throws CannotCompileException {
        final int[] replaced = new int[1];
        patched.instrument(new ExprEditor() {
            @Override
            public void edit(final MethodCall call) throws CannotCompileException {
                final String ofClass = call.getClassName();
                final String name = ofClass.substring(ofClass.lastIndexOf('.') + 1) + '.' + call.getMethodName();
                if (name.equals(called)) {
                    call.replace(source);
                    replaced[0]++;
                }
            }
        });
        if (replaced[0] == 0) {
            throw new IllegalStateException(
                    "never called: class=" + className + " method=" + method + " called=" + called);
        }
    }
}

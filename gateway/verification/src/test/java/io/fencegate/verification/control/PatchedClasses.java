package io.fencegate.verification.control;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javassist.CannotCompileException;
import javassist.ClassPool;
import javassist.CtClass;
import javassist.LoaderClassPath;
import javassist.NotFoundException;

/**
 * A world of its own: loads every class of Fencegate another time, and plants patches into some of them on the way. What
 * is not Fencegate's is shared.
 *
 * <p>Any thread.
 */
public final class PatchedClasses extends ClassLoader {
    private static final String OURS = "io.fencegate.";

    private final Set<Patch> planted = ConcurrentHashMap.newKeySet();
    private final List<Patch> patches;
    private final ClassPool pool = new ClassPool(false);

    /** A world with these patches. @param patches of its classes */
    public PatchedClasses(final List<Patch> patches) {
        super(PatchedClasses.class.getClassLoader());
        this.patches = List.copyOf(patches);
        pool.appendClassPath(new LoaderClassPath(getParent()));
        pool.appendClassPath(new LoaderClassPath(ClassLoader.getPlatformClassLoader()));
    }

    /** Patches of classes that nothing has asked for so far. @return what no class was asked for */
    public List<Patch> unplanted() {
        return patches.stream().filter(patch -> !planted.contains(patch)).toList();
    }

    @Override
    protected Class<?> loadClass(final String name, final boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            final Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(final String name) throws ClassNotFoundException {
        final List<Patch> ofClass =
                patches.stream().filter(patch -> patch.className().equals(name)).toList();
        final byte[] bytes = ofClass.isEmpty() ? shipped(name) : patched(name, ofClass);
        planted.addAll(ofClass);
        return defineClass(name, bytes, 0, bytes.length, PatchedClasses.class.getProtectionDomain());
    }

    private byte[] shipped(final String name) throws ClassNotFoundException {
        try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            return stream.readAllBytes();
        } catch (final IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] patched(final String name, final List<Patch> ofClass) {
        try {
            final CtClass shipped = pool.get(name);
            for (final Patch patch : ofClass) {
                patch.plant(shipped);
            }
            return shipped.toBytecode();
        } catch (final NotFoundException | CannotCompileException | IOException e) {
            throw new AssertionError("the patch does not fit: " + ofClass, e);
        }
    }
}

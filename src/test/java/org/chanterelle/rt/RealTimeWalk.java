package org.chanterelle.rt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.DynamicConstantDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.chanterelle.signal.RealTime;

/**
 * Follows the byte code of every {@code @RealTime} method through all that it calls in the given classes, whichever implementation
 * a call may reach, and lists what the audio thread must not do: allocate, lock, call native or unknown code, or link call sites.
 */
final class RealTimeWalk {
    private static final String MARK = RealTime.class.descriptorString();

    /** What an exhaustive switch throws when the enum was compiled anew without it. */
    private static final String IMPOSSIBLE = "java/lang/MatchException";

    /** Code outside ours that neither allocates nor waits. The Vector API's values live in registers once it is compiled. */
    private static final Set<String> TRUSTED_CLASSES = Set.of("java/lang/Math", "java/lang/StrictMath", IMPOSSIBLE);

    private static final Set<String> TRUSTED_METHODS = Set.of(
            "java/lang/System.arraycopy",
            "java/util/Arrays.fill",
            "java/lang/Object.<init>",
            "java/lang/Float.floatToRawIntBits",
            "java/lang/Float.intBitsToFloat",
            "java/lang/Float.isFinite",
            "java/lang/Float.isNaN",
            "java/lang/Double.isFinite",
            "java/lang/Double.isNaN",
            "java/lang/Integer.numberOfTrailingZeros",
            "java/lang/Integer.highestOneBit",
            "java/lang/Long.numberOfTrailingZeros",
            "java/lang/Long.bitCount",
            "java/lang/Enum.ordinal",
            "java/lang/System.nanoTime",
            "java/lang/Thread.currentThread",
            "java/lang/Thread.threadId",
            "java/util/concurrent/atomic/AtomicInteger.incrementAndGet",
            "java/util/concurrent/atomic/AtomicInteger.decrementAndGet",
            "java/util/concurrent/atomic/AtomicIntegerArray.getOpaque",
            "java/util/concurrent/atomic/AtomicIntegerArray.setOpaque",
            "java/util/concurrent/atomic/AtomicLongArray.getOpaque",
            "java/util/concurrent/atomic/AtomicLongArray.setOpaque",
            "java/util/concurrent/atomic/AtomicReferenceArray.getAcquire",
            "java/util/concurrent/atomic/AtomicBoolean.compareAndSet",
            "java/util/concurrent/atomic/AtomicBoolean.set",
            // The Disruptor's ways in and out that neither wait nor allocate: a full ring throws one preallocated exception.
            "com/lmax/disruptor/RingBuffer.tryNext",
            "com/lmax/disruptor/RingBuffer.get",
            "com/lmax/disruptor/RingBuffer.publish",
            "com/lmax/disruptor/EventPoller.poll");

    private static final String TRUSTED_PACKAGE = "jdk/incubator/vector/";

    /**
     * The one package that calls native code may do so: exact calls of constant method handles box nothing, and reading and writing
     * memory through one lasting segment makes no object. What is behind the handles is libjack's own real-time code.
     */
    private static final String NATIVE_PACKAGE = "org/chanterelle/driver/jack/";

    private static final Set<String> TRUSTED_IN_NATIVE_PACKAGE = Set.of(
            "java/lang/invoke/MethodHandle.invokeExact",
            "java/lang/foreign/MemorySegment.copy",
            "java/lang/foreign/MemorySegment.get",
            "java/lang/foreign/MemorySegment.set");

    private final Map<String, ClassModel> classes = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<Step> todo = new ArrayDeque<>();
    private final List<String> violations = new ArrayList<>();

    private record Step(ClassModel owner, MethodModel method, String path) {}

    /** Adds all classes under a folder. */
    RealTimeWalk addFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".class")).sorted().forEach(this::addFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private void addFile(Path file) {
        try {
            add(ClassFile.of().parse(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds one class, loaded as a resource. */
    RealTimeWalk addClass(Class<?> type) {
        String name = "/" + type.getName().replace('.', '/') + ".class";
        try (var stream = type.getResourceAsStream(name)) {
            add(ClassFile.of().parse(stream.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private void add(ClassModel model) {
        classes.put(model.thisClass().asInternalName(), model);
    }

    /** All marked methods, as {@code owner.name}. */
    List<String> roots() {
        List<String> roots = new ArrayList<>();
        for (ClassModel owner : classes.values()) {
            for (MethodModel method : owner.methods()) {
                if (isMarked(owner, method)) {
                    roots.add(owner.thisClass().asInternalName() + "." + method.methodName().stringValue());
                }
            }
        }
        return roots;
    }

    /** Walks from all marked methods; each finding names the way to it. */
    List<String> violations() {
        for (ClassModel owner : classes.values()) {
            for (MethodModel method : owner.methods()) {
                if (isMarked(owner, method)) {
                    reach(owner.thisClass().asInternalName(), signature(method), "");
                }
            }
        }
        while (!todo.isEmpty()) {
            inspect(todo.poll());
        }
        return violations;
    }

    private static boolean isMarked(ClassModel owner, MethodModel method) {
        boolean constructor = method.methodName().stringValue().startsWith("<");
        return hasMark(method) || (hasMark(owner) && !constructor);
    }

    private static boolean hasMark(AttributedElement element) {
        return element.findAttribute(Attributes.runtimeInvisibleAnnotations())
                .map(found -> found.annotations().stream().map(Annotation::classSymbol))
                .orElse(Stream.empty())
                .anyMatch(symbol -> symbol.descriptorString().equals(MARK));
    }

    private static String signature(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    /** Queues the method wherever a call to it may land: its declaration up the hierarchy, and every override below. */
    private void reach(String owner, String signature, String path) {
        String type = owner;
        boolean found = false;
        while (!found && classes.containsKey(type)) {
            found = queue(type, signature, path);
            type = superOf(type);
        }
        found |= isTrusted(type, signature.substring(0, signature.indexOf('(')));
        for (String below : classes.keySet()) {
            if (!below.equals(owner) && isSubtype(below, owner)) {
                found |= queue(below, signature, path);
            }
        }
        if (!found) {
            violations.add(path + owner + "." + signature + ": no code found");
        }
    }

    private boolean queue(String type, String signature, String path) {
        for (MethodModel method : classes.get(type).methods()) {
            if (signature(method).equals(signature)) {
                if (seen.add(type + "." + signature)) {
                    todo.add(new Step(classes.get(type), method, path + simpleName(type) + "." + method.methodName() + " > "));
                }
                return true;
            }
        }
        return false;
    }

    private static String simpleName(String internalName) {
        return internalName.substring(internalName.lastIndexOf('/') + 1);
    }

    private String superOf(String type) {
        return classes.get(type).superclass().map(ClassEntry::asInternalName).orElse(null);
    }

    private boolean isSubtype(String type, String ancestor) {
        if (type == null || !classes.containsKey(type)) {
            return false;
        }
        ClassModel model = classes.get(type);
        return type.equals(ancestor)
                || model.interfaces().stream().anyMatch(face -> face.asInternalName().equals(ancestor)
                        || isSubtype(face.asInternalName(), ancestor))
                || ancestor.equals(superOf(type))
                || isSubtype(superOf(type), ancestor);
    }

    private void inspect(Step step) {
        if (step.method.flags().has(AccessFlag.SYNCHRONIZED)) {
            violations.add(step.path + "synchronized");
        }
        if (step.method.flags().has(AccessFlag.NATIVE)) {
            violations.add(step.path + "native");
        }
        step.method.code().ifPresent(code -> code.forEach(element -> inspect(element, step)));
    }

    private void inspect(CodeElement element, Step step) {
        String path = step.path;
        switch (element) {
            case NewObjectInstruction made when !made.className().asInternalName().equals(IMPOSSIBLE) ->
                violations.add(path + "new " + made.className().asInternalName());
            case NewPrimitiveArrayInstruction made -> violations.add(path + "new " + made.typeKind() + "[]");
            case NewReferenceArrayInstruction made ->
                violations.add(path + "new " + made.componentType().asInternalName() + "[]");
            case NewMultiArrayInstruction made -> violations.add(path + "new " + made.arrayType().asInternalName());
            case MonitorInstruction lock when lock.opcode() == Opcode.MONITORENTER -> violations.add(path + "lock");
            case InvokeDynamicInstruction made -> violations.add(path + "invokedynamic " + made.name());
            case ConstantInstruction.LoadConstantInstruction constant when constant
                    .constantValue() instanceof DynamicConstantDesc<?> ->
                violations.add(path + "dynamic constant");
            case InvokeInstruction call -> follow(call, step);
            default -> {
            }
        }
    }

    private void follow(InvokeInstruction call, Step step) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        if (classes.containsKey(owner)) {
            reach(owner, name + call.type().stringValue(), step.path);
        } else if (!isTrusted(owner, name) && !isTrustedNative(step.owner, owner + "." + name)) {
            violations.add(step.path + "calls " + owner + "." + name);
        }
    }

    private static boolean isTrusted(String owner, String name) {
        return owner.startsWith(TRUSTED_PACKAGE)
                || TRUSTED_CLASSES.contains(owner)
                || TRUSTED_METHODS.contains(owner + "." + name);
    }

    private static boolean isTrustedNative(ClassModel caller, String called) {
        return caller.thisClass().asInternalName().startsWith(NATIVE_PACKAGE) && TRUSTED_IN_NATIVE_PACKAGE.contains(called);
    }
}

package dev.holdfast.faults.agent;

import dev.holdfast.faults.agent.Failpoint.Moment;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds a call of {@link Death#reached} to the methods of the points. */
final class FailpointTransformer implements ClassFileTransformer {
    private static final ClassDesc DEATH = ClassDesc.of(Death.class.getName());
    private static final MethodTypeDesc REACHED = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);

    private final List<Failpoint> points;

    FailpointTransformer(List<Failpoint> points) {
        this.points = List.copyOf(points);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        var here = points.stream()
                .filter(point -> point.type().replace('.', '/').equals(name))
                .toList();
        if (here.isEmpty() || loader == null) {
            return null;
        }
        try {
            return instrument(here, loader, bytes);
        } catch (RuntimeException | Error e) {
            // The JVM ignores what a transformer throws, and the point would be missing in silence.
            System.err.println("no failpoints in " + name + ": " + e);
            Runtime.getRuntime().halt(70);
            throw e;
        }
    }

    private static byte[] instrument(List<Failpoint> points, ClassLoader loader, byte[] bytes) {
        var classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
        var model = classFile.parse(bytes);
        for (var point : points) {
            if (model.methods().stream().noneMatch(method -> isIn(method, point))) {
                throw new IllegalArgumentException("there is no method of " + point);
            }
        }
        var transform = ClassTransform.ACCEPT_ALL;
        for (var point : points) {
            transform = transform.andThen(ClassTransform.transformingMethodBodies(
                    method -> isIn(method, point), point.moment() == Moment.ENTER ? entering(point) : leaving(point)));
        }
        return classFile.transformClass(model, transform);
    }

    private static boolean isIn(MethodModel method, Failpoint point) {
        return method.methodName().equalsString(point.method()) && method.code().isPresent();
    }

    private static CodeTransform entering(Failpoint point) {
        return CodeTransform.ofStateful(() -> new CodeTransform() {
            @Override
            public void atStart(CodeBuilder builder) {
                call(builder, point);
            }

            @Override
            public void accept(CodeBuilder builder, CodeElement element) {
                builder.with(element);
            }
        });
    }

    private static CodeTransform leaving(Failpoint point) {
        return (builder, element) -> {
            if (element instanceof ReturnInstruction) {
                call(builder, point);
            }
            builder.with(element);
        };
    }

    private static void call(CodeBuilder builder, Failpoint point) {
        builder.ldc(point.toString()).invokestatic(DEATH, "reached", REACHED);
    }
}

using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Aval.Kernel;

/// <summary>What a row takes in memory: itself, and the texts, lists and parts that it holds.</summary>
/// <remarks>
/// Read off the fields of each type once, so that what a capability adds to a row is counted without anybody telling it. What several rows share (an empty list, a
/// text taken over from another row) counts with each of them.
/// </remarks>
static class Weight
{
    /// <summary>Of an object's header and type, and of a list's length besides.</summary>
    const int BytesOfObject = 16;
    const int BytesOfArray = 24;

    static readonly ConcurrentDictionary<Type, Func<object, long>> ByType = new();

    /// <summary>In bytes; 0 for nothing.</summary>
    public static long Of(object? kept) => kept switch
    {
        null => 0,
        string text => Whole(BytesOfObject + 6 + (2L * text.Length)),
        _ => ByType.GetOrAdd(kept.GetType(), Compiled)(kept),
    };

    static Func<object, long> Compiled(Type type)
    {
        var kept = Expression.Parameter(typeof(object));
        Expression weight = type.IsSZArray
            ? Expression.Call(typeof(Weight), nameof(OfArray), [type.GetElementType()!], Expression.Convert(kept, type))
            : Expression.Add(
                Expression.Constant(BytesOfObject + Whole(FieldsOf(type).Sum(field => (long)RuntimeHelpers.SizeOf(field.FieldType.TypeHandle)))),
                Held(type, Expression.Convert(kept, type)));
        return Expression.Lambda<Func<object, long>>(weight, kept).Compile();
    }

    static long OfArray<T>(T[] items)
    {
        var weight = BytesOfArray + Whole(items.LongLength * Unsafe.SizeOf<T>());
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            foreach (var item in items) weight += Item<T>.Held(item);
        return weight;
    }

    /// <summary>What the fields of a value refer to; their own place is counted with what they are a part of.</summary>
    static Expression Held(Type type, Expression value)
    {
        Expression weight = Expression.Constant(0L);
        if (!IsRead(type)) return weight;
        foreach (var field in FieldsOf(type))
            if (Part(field.FieldType, Expression.Field(value, field)) is { } part) weight = Expression.Add(weight, part);
        return weight;
    }

    static Expression? Part(Type type, Expression value) =>
        !type.IsValueType ? Expression.Call(typeof(Weight), nameof(Of), null, value)
        // Its code is one text, shared by all.
        : type == typeof(Currency) || type.IsPrimitive || type.IsEnum || type.IsPointer ? null
        : Held(type, value);

    /// <summary>Of what belongs to the runtime, only values and lists are read: the rest is shared, and may lead back to where it came from.</summary>
    static bool IsRead(Type type) =>
        type.IsValueType || type.Namespace is null or "System.Collections.Immutable" || !type.Namespace.StartsWith("System", StringComparison.Ordinal)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>));

    static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var at = type; at is not null; at = at.BaseType)
            foreach (var field in at.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                yield return field;
    }

    static long Whole(long bytes) => (bytes + 7) & ~7L;

    static class Item<T>
    {
        internal static readonly Func<T, long> Held = Compiled();

        static Func<T, long> Compiled()
        {
            var item = Expression.Parameter(typeof(T));
            return Expression.Lambda<Func<T, long>>(Part(typeof(T), item) ?? Expression.Constant(0L), item).Compile();
        }
    }
}

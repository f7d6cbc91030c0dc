using System.Reflection;
using System.Text.Json;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.Tests.Tidy;

/// <summary>Each parameter of a policy is read by the code that it is for: one that is only parsed, stored and shown promises what nobody keeps.</summary>
public sealed class PolicyReaders
{
    const BindingFlags Every = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>How a rule was written, which is no parameter of it; and the path of undecided cases, which goes by the delegation until the clock reads it.</summary>
    static readonly string[] NotAsked = ["OverdueRule.AsPairs"];

    [Fact]
    public void Each_parameter_of_a_policy_is_read_by_somebody() =>
        Guard.Clean(Unread(typeof(Policy), Written(typeof(Policy)), typeof(Policy).Assembly).Except(NotAsked, StringComparer.Ordinal));

    /// <summary>Parsed, written, compared and copied, it is read by nobody; one that is read through another member of its record is.</summary>
    [Fact]
    public void A_parameter_that_nobody_reads_is_named() =>
        Assert.Equal(["Promise.Ignored", "Promise.Reached.Left"], Unread(typeof(Promise), [], typeof(PolicyReaders).Assembly, nameof(PolicyReaders)).Order(StringComparer.Ordinal));

    sealed record Promise(int Kept, int Ignored, Detail Reached)
    {
        public int Twice => Kept * 2;
        public string Write() => JsonSerializer.Serialize(Ignored);
    }

    sealed record Detail(int Told, int Left);

    static class Reader
    {
        public static int Read(Promise promise) => promise.Twice + promise.Reached.Told;
    }

    /// <summary>The parameters, by path, that no method outside of the policy's own records and their readers and writers of JSON reaches.</summary>
    static IEnumerable<string> Unread(Type policy, IReadOnlyCollection<Type> writers, Assembly assembly, string? within = null)
    {
        var records = Records(policy);
        var bodies = assembly.GetTypes().Where(type => within is null || type.FullName!.Contains(within, StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(Every).Concat<MethodBase>(type.GetConstructors(Every)))
            .Select(method => (Method: method, Calls: Calls(method))).ToList();
        var reached = bodies.Where(body => !IsOf(body.Method.DeclaringType!, records) && !IsOf(body.Method.DeclaringType!, writers)).SelectMany(body => body.Calls).ToHashSet();
        // What a record works out when it is made, it reads.
        var made = bodies.Where(body => IsOf(body.Method.DeclaringType!, records) && body.Method.Name.StartsWith("set_", StringComparison.Ordinal));
        reached.UnionWith(made.SelectMany(body => body.Calls));
        // What a record's own members read counts once somebody asks for them.
        var own = bodies.Where(body => IsOf(body.Method.DeclaringType!, records) && !IsMadeUp(body.Method)).ToList();
        while (own.Where(body => reached.Contains(body.Method.MetadataToken)).SelectMany(body => body.Calls).Where(reached.Add).ToList().Count > 0) { }
        foreach (var record in records)
            foreach (var parameter in record.GetProperties(Every).Where(property => IsParameter(property, records)))
                if (!reached.Contains(parameter.GetMethod!.MetadataToken)) yield return PathOf(policy, record, parameter);
    }

    /// <summary>What reads and writes policies as JSON, and compares them.</summary>
    static Type[] Written(Type policy) =>
        [.. policy.Assembly.GetTypes().Where(type => type.Name is "PolicyJson" or "PartsJson" or "RuleJson" or "PolicyDifferences" or "Fields" or "Stages"
            or "RuleSentences" or "OrderSentences" or "CreditSentences" or "ConductSentences" or "PolicySentences" or "GroundSentences" or "HandlingSentences")];

    /// <summary>The policy's record, those that it consists of, and all settings of rules.</summary>
    static List<Type> Records(Type policy)
    {
        var found = new List<Type> { policy };
        if (policy == typeof(Policy)) found.AddRange(policy.Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(RuleSetting))));
        for (var at = 0; at < found.Count; at++)
            foreach (var part in found[at].GetProperties(Every).Select(property => Bare(property.PropertyType)))
                if (part.Namespace == policy.Namespace && part is { IsEnum: false, IsValueType: false } && part.GetMethod("<Clone>$") is not null && !found.Contains(part))
                    found.Add(part);
        return found;
    }

    /// <summary>A value of its own that can be set: no part, and nothing that is computed.</summary>
    static bool IsParameter(PropertyInfo property, List<Type> records) =>
        property.SetMethod is not null && !records.Contains(Bare(property.PropertyType)) && !property.PropertyType.IsByRef
        && property.DeclaringType!.Name is not "SwitchedOff";

    static Type Bare(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Bare(inner) : type.IsGenericType ? Bare(type.GetGenericArguments()[0]) : type;

    static bool IsOf(Type type, IReadOnlyCollection<Type> types) => types.Contains(type) || (type.DeclaringType is { } outer && IsOf(outer, types));

    /// <summary>Members that every record has, and those that write it.</summary>
    static bool IsMadeUp(MethodBase method) =>
        method.IsConstructor || method.Name is "Equals" or "GetHashCode" or "PrintMembers" or "ToString" or "<Clone>$" or "Write" or "Read" or "InFull"
        || method.Name.StartsWith("op_", StringComparison.Ordinal);

    /// <summary>The tokens that a body calls or makes a delegate of: the code (0x28, 0x6F; 0xFE06) and the token behind it.</summary>
    /// <remarks>A number that looks like one does no harm worth a decoder.</remarks>
    static List<int> Calls(MethodBase method)
    {
        var calls = new List<int>();
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) return calls;
        for (var at = 0; at + 4 < code.Length; at++)
            if ((code[at] is 0x28 or 0x6F || (code[at] == 0x06 && at > 0 && code[at - 1] == 0xFE)) && code[at + 4] == 0x06) calls.Add(BitConverter.ToInt32(code, at + 1));
        return calls;
    }

    static string PathOf(Type policy, Type record, PropertyInfo parameter) => record == policy
        ? $"{policy.Name}.{parameter.Name}"
        : policy.GetProperties(Every).FirstOrDefault(part => Bare(part.PropertyType) == record) is { } part
            ? $"{policy.Name}.{part.Name}.{parameter.Name}"
            : $"{record.Name}.{parameter.Name}";
}

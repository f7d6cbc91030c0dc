using System.Collections.Immutable;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Policies.Rules;

/// <summary>Reads one JSON object strictly: what was not asked for by name is refused, and so is what is missing or out of range.</summary>
/// <remarks>The first trouble is kept with its path and the reading goes on with stand-ins, so that readers stay straight lines.
/// Refuses: <c>field-unknown</c>, <c>field-invalid</c>.</remarks>
sealed class Fields
{
    readonly JsonElement json;
    readonly string path;
    readonly Trouble trouble;
    readonly HashSet<string> asked;
    readonly Telling? telling;

    Fields(JsonElement json, string path, Trouble trouble, HashSet<string> asked, Telling? telling = null) =>
        (this.json, this.path, this.trouble, this.asked, this.telling) = (json, path, trouble, asked, telling);

    /// <summary>Reads the whole of an object, or says what is wrong with it first.</summary>
    public static Problem? Read<T>(JsonElement json, Func<Fields, T> read, out T value)
    {
        var found = new Trouble();
        value = Read(json, "", found, read);
        return found.First;
    }

    /// <summary>The parameters that a reader asks for, in its order: it reads an object of which everything is there, and a list of one entry.</summary>
    public static IReadOnlyList<Parameter> Told<T>(Func<Fields, T> read)
    {
        var heard = new Telling();
        read(new Fields(default, "", new Trouble(), [], heard));
        return heard.Parameters;
    }

    public bool Has(string name) =>
        telling is not null ? telling.MayMiss(At(name)) : json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out _);

    public string Text(string name) =>
        Tells(name, ParameterKind.Text) ? ""
        : Find(name) is { ValueKind: JsonValueKind.String } found && found.GetString() is { Length: <= 200 } text && !string.IsNullOrWhiteSpace(text)
            ? text
            : Refuse(name, "must be a text of at most 200 characters", "");

    public bool Flag(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ when Tells(name, ParameterKind.Flag) => false,
        _ => Refuse(name, "must be true or false", false),
    };

    public bool FlagOr(string name, bool otherwise) => IsGiven(name) ? Flag(name) : otherwise;

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Whole(string name, int least, int most) =>
        Tells(name, ParameterKind.Whole, least, most) ? least
        : Find(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out var value) && value >= least && value <= most
            ? value
            : Refuse(name, $"must be a whole number from {least} to {most}", least);

    public int? WholeOrNull(string name, int least, int most) => IsGiven(name) ? Whole(name, least, most) : null;

    public int Days(string name) => Whole(name, 0, 3650);

    /// <summary>An amount of policy's currency, from zero to below the bound of all amounts.</summary>
    public decimal Amount(string name) => Number(name, Money.Bound - 0.0001m);

    public decimal? AmountOrNull(string name) => IsGiven(name) ? Amount(name) : null;

    public decimal Percent(string name) => Number(name, 1000);

    public decimal? PercentOrNull(string name) => IsGiven(name) ? Percent(name) : null;

    /// <summary>A number from zero to <paramref name="most"/>.</summary>
    public decimal Number(string name, decimal most) =>
        Tells(name, ParameterKind.Number, 0, most) ? 0
        : Find(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetDecimal(out var value) && value >= 0 && value <= most
            ? value
            : Refuse(name, most >= Money.Bound - 1 ? (Wording)"must be a number from 0 to below 10^13" : $"must be a number from 0 to {most}", 0m);

    public decimal? NumberOrNull(string name, decimal most) => IsGiven(name) ? Number(name, most) : null;

    public TEnum Word<TEnum>(string name) where TEnum : struct, Enum =>
        Tells(name, ParameterKind.OneWord, words: Words.All<TEnum>()) ? default
        : Find(name) is { ValueKind: JsonValueKind.String } found && Words.TryParse<TEnum>(found.GetString(), out var value)
            ? value
            : Refuse(name, $"must be one of {string.Join(", ", Words.All<TEnum>())}", default(TEnum));

    public TEnum? WordOrNull<TEnum>(string name) where TEnum : struct, Enum => IsGiven(name) ? Word<TEnum>(name) : null;

    public Currency? CurrencyOrNull(string name)
    {
        if (!IsGiven(name) || Tells(name, ParameterKind.Currency)) return null;
        return Find(name) is { ValueKind: JsonValueKind.String } found && Currency.TryOf(found.GetString(), out var currency)
            ? currency
            : Refuse(name, "must be an ISO 4217 currency code in capitals", (Currency?)null);
    }

    /// <summary>One of these words.</summary>
    public string OneOf(string name, IEnumerable<string> words) =>
        Tells(name, ParameterKind.OneWord, words: words) ? ""
        : Find(name) is { ValueKind: JsonValueKind.String } found && found.GetString() is { } word && words.Contains(word, StringComparer.Ordinal)
            ? word
            : Refuse(name, $"must be one of {string.Join(", ", words)}", "");

    /// <summary>A list of words, each at most once.</summary>
    public ImmutableArray<string> SomeOf(string name, IReadOnlyCollection<string> words)
    {
        if (Tells(name, ParameterKind.SomeWords, words: words)) return [];
        var read = ImmutableArray.CreateBuilder<string>();
        foreach (var (element, at) in Elements(name))
        {
            if (element.ValueKind != JsonValueKind.String || element.GetString() is not { } word || !words.Contains(word, StringComparer.Ordinal))
                trouble.Invalid(at, $"must be one of {string.Join(", ", words)}");
            else if (read.Contains(word)) trouble.Invalid(at, $"names {word} a second time");
            else read.Add(word);
        }

        return read.ToImmutable();
    }

    public T Object<T>(string name, Func<Fields, T> read) =>
        telling is null ? Read(Find(name) ?? default, At(name), trouble, read) : read(new Fields(default, At(name), trouble, [], telling));

    public T? ObjectOrNull<T>(string name, Func<Fields, T> read) where T : class => IsGiven(name) ? Object(name, read) : null;

    public ImmutableArray<T> Objects<T>(string name, Func<Fields, T> read) =>
        telling is not null ? [read(new Fields(default, At(name) + "[]", trouble, [], telling))] : [.. Elements(name).Select(item => Read(item.Element, item.Path, trouble, read))];

    /// <summary>Refuses a field whose value makes no sense beside the others; an empty name means this object itself.</summary>
    public T Refuse<T>(string name, Wording why, T standIn)
    {
        trouble.Invalid(name.Length == 0 ? path : At(name), why);
        return standIn;
    }

    /// <summary>Counts a field as read by somebody else.</summary>
    public void Pass(string name) => asked.Add(name);

    /// <summary>The same object, of which only the names count: values that are missing or wrong are no trouble.</summary>
    public Fields OnlyNames() => new(json, path, new Trouble(), asked);

    static T Read<T>(JsonElement json, string path, Trouble trouble, Func<Fields, T> read)
    {
        var fields = new Fields(json, path, trouble, new HashSet<string>(StringComparer.Ordinal));
        if (json.ValueKind != JsonValueKind.Object) trouble.Invalid(path, "must be an object");
        var value = read(fields);
        if (json.ValueKind != JsonValueKind.Object) return value;
        foreach (var property in json.EnumerateObject())
            if (!fields.asked.Contains(property.Name)) trouble.Unknown(fields.At(property.Name));
        return value;
    }

    /// <summary>True when it is there and not null.</summary>
    public bool IsGiven(string name)
    {
        asked.Add(name);
        return telling is not null ? Has(name) : Has(name) && json.GetProperty(name).ValueKind != JsonValueKind.Null;
    }

    JsonElement? Find(string name)
    {
        asked.Add(name);
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) ? found : null;
    }

    IEnumerable<(JsonElement Element, string Path)> Elements(string name)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Array } list) return Refuse(name, "must be a list", Array.Empty<(JsonElement, string)>());
        return list.EnumerateArray().Select((element, at) => (element, $"{At(name)}[{at}]"));
    }

    /// <summary>True when nothing is read and the reader only tells what it asks for.</summary>
    bool Tells(string name, ParameterKind kind, decimal least = 0, decimal most = 0, IEnumerable<string>? words = null)
    {
        telling?.Add(At(name), kind, least, most, words ?? []);
        return telling is not null;
    }

    string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    sealed class Trouble
    {
        public Problem? First { get; private set; }

        /// <summary>An unknown name goes before what is missing: it is mostly the same field, misspelt.</summary>
        public void Unknown(string path)
        {
            if (First?.Kind != KernelProblems.FieldUnknown) First = KernelProblems.FieldUnknown.With($"{path} is not a field here.", path);
        }

        public void Invalid(string path, Wording why) =>
            First ??= KernelProblems.FieldInvalid.With($"{(path.Length == 0 ? "the body" : path)} {why}.", path);
    }

    /// <summary>What a reader asks for, in its order.</summary>
    sealed class Telling
    {
        readonly HashSet<string> missable = new(StringComparer.Ordinal);

        public List<Parameter> Parameters { get; } = [];

        public bool MayMiss(string path)
        {
            missable.Add(path);
            return true;
        }

        public void Add(string path, ParameterKind kind, decimal least, decimal most, IEnumerable<string> words)
        {
            if (!Parameters.Exists(known => known.Path == path)) Parameters.Add(new Parameter(path, kind, least, most, [.. words], missable.Contains(path)));
        }
    }
}

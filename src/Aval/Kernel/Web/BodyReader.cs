using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Aval.Kernel.Web;

/// <summary>Reads a body strictly: at once when it is right, and only when it is not does a second look find out why.</summary>
public static class BodyReader
{
    static readonly JsonSerializerOptions Options = Make();

    /// <summary>The body as a value; refuses with <c>json-malformed</c>, <c>field-unknown</c> or <c>field-invalid</c>, naming the path.</summary>
    public static Answered<T> Read<T>(ReadOnlyMemory<byte> body)
    {
        var bytes = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        try
        {
            if (JsonSerializer.Deserialize(bytes.Span, Known<T>.Info) is { } value)
                return BodyFaults.HasNullElement(bytes.Span) && BodyFaults.Find(bytes, typeof(T)) is { } hole ? hole : value;
        }
        catch (JsonException e)
        {
            return BodyFaults.Find(bytes, typeof(T)) ?? KernelProblems.FieldInvalid.With($"{Place(e.Path)} has no valid value.", Place(e.Path));
        }

        return KernelProblems.FieldInvalid.With("The body must not be null.");
    }

    /// <summary>What is read into this type; of an optional, what it wraps.</summary>
    internal static JsonTypeInfo InfoOf(Type type) => Options.GetTypeInfo(Leaf.Bare(type));

    /// <summary>One value of a leaf type; when it is none, <paramref name="fault"/> says what it must be, in the words of its converter.</summary>
    internal static bool TryLeaf(ReadOnlySpan<byte> json, Type type, out object? value, out string fault)
    {
        try
        {
            value = JsonSerializer.Deserialize(json, InfoOf(type));
            fault = value is null ? "must not be null" : "";
            return value is not null;
        }
        catch (JsonException e)
        {
            // Our converters say what must be; those of the framework speak of .NET types.
            fault = e.Message.StartsWith("must ", StringComparison.Ordinal) ? e.Message : "must be " + Leaf.Of(type).Expected;
            value = null;
            return false;
        }
    }

    static string Place(string? path) => path is null or "$" ? "body" : path.TrimStart('$').TrimStart('.');

    static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(Json.Options);
        options.Converters.Add(new TextConverter());
        options.Converters.Add(new AnyConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    static class Known<T>
    {
        public static readonly JsonTypeInfo<T> Info = (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));
    }

    /// <summary>Texts as <see cref="Texts"/> wants them.</summary>
    sealed class TextConverter : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? Admit(reader.GetString()!) : throw new JsonException("must be a text");

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Admit(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value);

        internal static string Admit(string text) => Texts.Fault(text) is { } fault ? throw new JsonException(fault.ToString()) : text;
    }

    /// <summary>What is read later, by its own rules: every name and text in it is one as well.</summary>
    sealed class AnyConverter : JsonConverter<JsonElement>
    {
        public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var value = JsonMetadataServices.JsonElementConverter.Read(ref reader, typeToConvert, options);
            try
            {
                Admit(value);
            }
            catch (InvalidOperationException e)
            {
                throw new JsonException("must be whole Unicode characters", e);
            }

            return value;
        }

        public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);

        static void Admit(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.String) TextConverter.Admit(value.GetString()!);
            if (value.ValueKind == JsonValueKind.Array)
                foreach (var element in value.EnumerateArray()) Admit(element);
            if (value.ValueKind != JsonValueKind.Object) return;
            foreach (var member in value.EnumerateObject())
            {
                TextConverter.Admit(member.Name);
                Admit(member.Value);
            }
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aval.Kernel;

/// <summary>A field of a change: absent (leave it as it is), or given (null where the field may be cleared).</summary>
public readonly record struct Optional<T>(bool IsGiven, T? Value)
{
    public static implicit operator Optional<T>(T? value) => new(true, value);

    /// <summary>The given value, or what there was.</summary>
    public T? Or(T? before) => IsGiven ? Value : before;
}

/// <summary>Reads an optional as the value it wraps; being absent is what leaves it at its default.</summary>
public sealed class OptionalConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(OptionalConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    sealed class OptionalConverter<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(true, reader.TokenType == JsonTokenType.Null ? default : JsonSerializer.Deserialize<T>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
